"""The house's settings on a server of the tests' own: fast, unsafe, gone afterwards.

The first process (the one the others are started from) makes it; the others find it through the environment.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from chibo.platform import database
from chibo.platform.cluster import Cluster

PLACE = "CHIBO_TEST_PLACE"


def _server() -> Cluster:
    first = PLACE not in os.environ
    if first:
        memory = Path("/dev/shm")
        roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**31
        place = Path(tempfile.mkdtemp(prefix="cb-", dir=memory if roomy else "/tmp"))
        place.chmod(0o755)
        os.environ[PLACE] = str(place)
    cluster = Cluster(Path(os.environ[PLACE]), durable=False)
    cluster.start()
    if first:
        database.prepare(cluster.dsn())
        with psycopg.connect(cluster.dsn(), autocommit=True) as db:
            db.execute("ALTER ROLE chibo_owner CREATEDB")  # to make the tests' databases
            db.execute("GRANT chibo_app TO chibo_owner")  # to step down to the application in a test
        atexit.register(shutil.rmtree, os.environ[PLACE], ignore_errors=True)
        atexit.register(cluster.stop)
    return cluster


os.environ["CHIBO_HOME"] = os.environ.get(PLACE, "/nowhere")
os.environ["CHIBO_SECRET_KEY"] = "for tests only"
_cluster = _server()
os.environ["CHIBO_HOME"] = os.environ[PLACE]
os.environ.setdefault("DATABASE_URL", "")
database._clusters[os.environ[PLACE]] = _cluster

from chibo.settings import *  # noqa: E402, F403

DATABASES = {"default": database.settings_for(_cluster, "owner")}
DATABASES["default"]["TEST"] = {"TEMPLATE": "chibo"}  # prepared with the three roles' rights
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
