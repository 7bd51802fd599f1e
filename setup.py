"""What pyproject.toml cannot say: models/ and data/samples/ travel inside the package, beside its modules."""

from setuptools import find_namespace_packages, setup

ELSEWHERE = {"reviewkit.models": "models", "reviewkit.samples": "data/samples"}

setup(packages=[*find_namespace_packages(include=["reviewkit*", "webapp*"]), *ELSEWHERE], package_dir=ELSEWHERE)
