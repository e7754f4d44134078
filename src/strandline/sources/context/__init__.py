"""Who the pupils are, how often they are absent, what the schools spend: census, absence, finance."""
