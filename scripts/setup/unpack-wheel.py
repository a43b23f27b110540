"""Unpacks the parts of the TensorFlow wheel that the addon needs: python3 unpack-wheel.py WHEEL FOLDER."""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2")
HEADERS = (
    "tensorflow/include/tensorflow/c/",
    "tensorflow/include/tensorflow/core/platform/",
    "tensorflow/include/tensorflow/tsl/",
    "tensorflow/include/tsl/",
)
# The names that tfjs-node looks for; they all lead to the same two files.
LINKS = {
    "libtensorflow.so": "libtensorflow_cc.so.2",
    "libtensorflow.so.2.9.1": "libtensorflow_cc.so.2",
    "libtensorflow_framework.so": "libtensorflow_framework.so.2",
}


def write(wheel: zipfile.ZipFile, name: str, path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with wheel.open(name) as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def main(wheel_path: str, folder: str) -> None:
    libraries = os.path.join(folder, "lib")
    with zipfile.ZipFile(wheel_path) as wheel:
        for name in LIBRARIES:
            write(wheel, f"tensorflow/{name}", os.path.join(libraries, name))
        for name in wheel.namelist():
            if name.startswith(HEADERS) and not name.endswith("/"):
                relative = name.removeprefix("tensorflow/include/")
                write(wheel, name, os.path.join(folder, "include", relative))
    for link, target in LINKS.items():
        os.symlink(target, os.path.join(libraries, link))


main(sys.argv[1], sys.argv[2])
