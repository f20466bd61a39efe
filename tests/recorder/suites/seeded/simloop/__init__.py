"""Stands for the tester of that name: the plugin knows it by where its loop is."""
