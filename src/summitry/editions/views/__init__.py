"""The console's pages about an edition as a whole: who works on it, and by when things are due."""
