"""What Word and WPS write: the archive, its XML, styles, automatic numbers, and the text in reading order."""
