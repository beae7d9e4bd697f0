"""The rules: values and decisions that know only Python."""
