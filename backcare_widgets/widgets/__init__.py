"""The screens of the workbook: one widget each, whose page asks this side and is answered."""
