"""The audit of schools in words."""

SENTENCES = {
    "schools.run_taken_in": "{who} took in the run {after.run}: {after.schools} schools as at {after.as_at}",
    "schools.category_shown": "{who} published category {after.category} for {school}",
    "schools.watched": "{who} put {school} on their watchlist",
    "schools.unwatched": "{who} took {school} off their watchlist",
    "schools.list_saved": "{who} saved the list “{after.name}”",
    "schools.list_removed": "{who} removed the saved list “{before.name}”",
    "schools.contact_added": "{who} added {after.name}, {after.role}, to the contacts of {school}",
    "schools.contact_changed": "{who} corrected the contact {after.name} of {school}",
    "schools.contact_ended": "{who} ended the contact {after.name} of {school} on {after.ends_on}",
    "schools.sharing_recorded": "{who} recorded what {school} shares: {after.part}, agreed: {after.agreed}",
    "schools.placed_in_consortium": "{who} placed {school} in the consortium “{after.consortium}”",
    "schools.document_added": "{who} kept the document “{after.title}” with {school}",
    "schools.figure_given": "{who} gave a {after.kind} of {after.value} for {school}: {after.measure}, {after.year}",
    "schools.figure_revised": (
        "{who} revised the {after.kind} of {school} from {before.value} to {after.value}: {after.measure}, {after.year}"
    ),
    "schools.figure_withdrawn": (
        "{who} withdrew the {before.kind} of {before.value} of {school}: {before.measure}, {before.year}"
    ),
    "schools.document_withdrawn": "{who} withdrew the document “{before.title}” of {school}",
}
