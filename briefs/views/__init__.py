"""The public site: thin views over `Edition.objects.public()` and `.current()`. Must not import
Brief, nor anything of the desk."""
