"""Made skies and made events, always marked as such."""
