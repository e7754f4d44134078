"""The API: what a spreadsheet, Power BI or another system of the council may read, as a person would."""
