"""The server: the REST interface, live updates and the console, over the workflows."""
