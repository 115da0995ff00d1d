"""What is kept between two runs of the benchmark."""

from bench.servers import sweep


def test_only_databases_of_older_migrations_go(tmp_path):
    names = ["seed-new.sqlite3", "seed-new.code", "seed-new.sql", "seed-new.pgcode", "live.json"]
    for name in [*names, "seed-old.sqlite3", "seed-old.sqlite3-wal", "seed-old.sql"]:
        (tmp_path / name).touch()
    sweep(tmp_path, "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(names)
