"""The look of the desk: vendored assets, the page frame, and the components that every other app's templates use."""
