"""The UNO service behind `BridgeCalc.bas`: a Basic macro in the office calls a Python function in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlsaddin.libreoffice import runtime

SERVICE = "org.xlsaddin.Bridge"

Call = Callable[[str, tuple[object, ...]], object]
"""`call(entry, arguments)`: what `excel.edge.call` is."""


def make_factory(call: Call) -> Any:
    """Return a UNO component factory whose instances answer the method `call(entry, arguments)`."""
    runtime.load_uno()
    import unohelper
    from com.sun.star.lang import XServiceInfo, XSingleComponentFactory
    from com.sun.star.script import XInvocation

    class Named(unohelper.Base, XServiceInfo):  # type: ignore[misc]
        """What says its service name."""

        def getImplementationName(self) -> str:  # noqa: N802 - the interface's own names
            """Return the service's name."""
            return SERVICE

        def supportsService(self, name: str) -> bool:  # noqa: N802
            """Return whether it is the service named."""
            return name == SERVICE

        def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
            """Return the one service."""
            return (SERVICE,)

    class Bridge(Named, XInvocation):  # type: ignore[misc]
        """The object a macro gets from `CreateUnoService`."""

        def invoke(self, name: str, arguments: tuple[Any, ...], _types: Any, _out: Any) -> tuple[Any, Any, Any]:
            """Call a function with the arguments of the macro."""
            entry, given = arguments
            return to_uno(call(str(entry), tuple(from_uno(value) for value in given or ()))), (), ()

        def hasMethod(self, name: str) -> bool:  # noqa: N802
            """Return whether the method is `call`."""
            return name == "call"

        def hasProperty(self, name: str) -> bool:  # noqa: N802
            """Return False: there are none."""
            return False

        def getIntrospection(self) -> None:  # noqa: N802
            """Return nothing."""

        def getValue(self, name: str) -> None:  # noqa: N802
            """Return nothing."""

        def setValue(self, name: str, value: object) -> None:  # noqa: N802
            """Do nothing."""

    class Factory(Named, XSingleComponentFactory):  # type: ignore[misc]
        """What the office asks for an instance."""

        def createInstanceWithContext(self, _context: Any) -> Bridge:  # noqa: N802
            """Return a new instance."""
            return Bridge()

        def createInstanceWithArgumentsAndContext(self, _arguments: Any, _context: Any) -> Bridge:  # noqa: N802
            """Return a new instance."""
            return Bridge()

    return Factory()


def from_uno(value: Any) -> object:
    """Return an argument of a macro as Python takes it: a cell range becomes its values, rows of rows."""
    if hasattr(value, "getImplementationName") and hasattr(value, "Value"):
        value = value.Value
    if hasattr(value, "Array"):
        return [list(row) for row in value.Array]
    return value


def to_uno(value: object) -> object:
    """Return a result as a macro takes it: rows of rows as tuples, None as an empty text."""
    if isinstance(value, (list, tuple)):
        return tuple(tuple(to_uno(cell) for cell in row) for row in value)
    return "" if value is None else value
