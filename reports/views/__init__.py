"""Pages of documents: `reports` of an office and a year, `papers` of one record, `manuscripts*` owned documents."""
