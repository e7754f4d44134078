"""What the component page shows: invented schools, every component in every state."""
