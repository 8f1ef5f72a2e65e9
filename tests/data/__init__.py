"""Tests of the committed data. They read the files alone and share no code with what made them."""
