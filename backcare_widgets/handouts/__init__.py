"""Files for somebody else: a report, and reminders for a calendar."""
