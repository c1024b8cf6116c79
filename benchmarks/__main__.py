"""Print the README's figures: `python -m benchmarks`, on SQLite and, where it is installed, on PostgreSQL."""

import os
import subprocess
import sys
import tempfile

from tests import throwaway_postgres


def run(title: str, **environment: str) -> None:
    """Measure on one database, in a process and a data folder of its own."""
    print(f"\n### {title}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        variables = {**os.environ, "PORTAL_VAR_DIR": folder, **environment}
        subprocess.run([sys.executable, "-m", "benchmarks.portal"], env=variables, check=True)


def main() -> None:
    """Measure on each database that this machine has."""
    run("SQLite", DATABASE_URL="")
    try:
        with throwaway_postgres.throwaway_cluster(is_durable=True) as cluster:
            run("PostgreSQL", DATABASE_URL=cluster.url)
    except throwaway_postgres.NotAvailableError as missing:
        print(f"PostgreSQL was not measured: {missing}")


if __name__ == "__main__":
    main()
