"""What people read: sentences, plots, pages."""
