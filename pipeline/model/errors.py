"""The one exception for what a person wrote and must mend."""

from __future__ import annotations


class PipelineError(Exception):
    """About an argument, a rule file, a sidecar: *where: what; what to do*, in one line.

    >>> str(PipelineError("rules/date/era.yml:14", "fragment {yaer} is not defined", "did you mean {year}?"))
    'rules/date/era.yml:14: fragment {yaer} is not defined; did you mean {year}?'
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where, self.what, self.remedy = where, what, remedy
        super().__init__(f"{where}: {what}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[PipelineError], tuple[str, str, str]]:
        """A worker sends it to the driver."""
        return PipelineError, (self.where, self.what, self.remedy)
