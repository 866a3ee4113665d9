"""What `pyproject.toml` cannot say: the add-in's text in `macros/` travels inside the package, so that an installed
xlsaddin can build its add-in. Everything else about the package stands in `pyproject.toml`."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["xlsaddin", "xlsaddin.*"]), "xlsaddin.macros"],
    package_dir={"xlsaddin.macros": "macros"},
)
