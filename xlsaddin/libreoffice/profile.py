"""The private user profile of a headless office: it shares nothing with the user's own LibreOffice."""

from __future__ import annotations

from pathlib import Path

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'

_ALWAYS, _NEVER = 0, 1


def write_profile(folder: Path, *, recalculate_on_load: bool, locking: bool = False, locale: str = "ja-JP") -> None:
    """Write the settings of a new profile into `folder`.

    Args:
        folder: the profile's root, the target of `-env:UserInstallation`.
        recalculate_on_load: by default LibreOffice trusts the values stored in an xlsx and recalculates nothing.
        locking: leave lock files beside open workbooks, as an office that people work in must.
        locale: document locale; number and date input follow it.
    """
    mode = str(_ALWAYS if recalculate_on_load else _NEVER)
    settings = (
        ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", mode),
        ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", mode),
        ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", locale),
        ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
        ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
        ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
        # a headless office only reads or copies: it leaves no lock files, and other people's do not stop it
        ("/org.openoffice.Office.Common/Misc", "UseLocking", str(locking).lower()),
        ("/org.openoffice.Office.Common/Misc", "UseDocumentOOoLockFile", str(locking).lower()),
        ("/org.openoffice.Office.Common/Misc", "UseDocumentSystemFileLocking", str(locking).lower()),
    )
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in settings)
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")
