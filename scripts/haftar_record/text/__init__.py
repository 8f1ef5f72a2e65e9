"""Read an article as text: its paragraphs, sentences and quotations, its names, numbers and dates."""
