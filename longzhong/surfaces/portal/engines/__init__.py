"""Files that leave the portal: calendars and QR pictures."""
