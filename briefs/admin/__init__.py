"""The desk: the Django admin as editors see it, a file for each screen. Thin: facts are the models',
acts are the workflow's and the forms'. `screens` puts them together."""
