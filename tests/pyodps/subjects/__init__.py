"""What users do, one module for each thing that they do it with."""
