"""What touches bytes: photos and the folder of files."""
