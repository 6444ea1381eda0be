"""The book of dated parameters, each with its document, and its reader."""
