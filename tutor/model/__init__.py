"""The language model as the tutor sees it: any vendor behind one adapter."""
