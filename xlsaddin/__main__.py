"""Run the command line with `python -m xlsaddin`."""

from xlsaddin.cli import main

if __name__ == "__main__":
    main()
