"""How documents become known: readers, cleaning, chunking, labelling and the pipeline."""
