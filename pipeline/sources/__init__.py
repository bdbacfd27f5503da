"""Discovery, sidecars, bytes to text. Knows no format's insides."""
