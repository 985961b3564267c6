"""`routes`, `policy`, `law`: what the product declares, key by key."""

from typing import Final

from acceptance.conftest import Machine

COMMANDS: Final = (
    *("serve", "demo", "standards", "score", "routes", "policy", "journal"),
    *("backup", "restore", "doctor", "deliver", "tick", "law"),
)


def test_help_lists_every_command_of_the_contract(machine: Machine) -> None:
    said = machine.does("--help")
    assert [each for each in COMMANDS if each not in said] == []


def test_every_command_explains_itself(machine: Machine) -> None:
    for words in (
        ("standards", "import"),
        ("score",),
        ("journal", "verify"),
        ("backup",),
    ):
        assert "--help" in machine.does(*words, "--help")


def test_routes_say_pattern_methods_name_and_policy(machine: Machine) -> None:
    told = machine.told("routes")
    assert all(each.keys() >= {"pattern", "methods", "name", "policy"} for each in told)
    assert all(each["policy"] for each in told)
    patterns = {each["pattern"] for each in told}
    assert {"/", "/office/", "/healthz", "/readyz"} <= patterns


def test_the_policy_says_act_sentence_roles_and_clause(machine: Machine) -> None:
    told = machine.told("policy")
    assert all(each.keys() >= {"act", "sentence", "roles", "clause"} for each in told)
    assert all(each["sentence"] and each["clause"] and isinstance(each["roles"], dict) for each in told)
    acts = {each["act"]: each for each in told}
    assert acts["creation.hand_in_self_assessment"]["roles"].get("unit_officer")
    assert "reviewer" not in acts["creation.hand_in_self_assessment"]["roles"]


def test_a_parameter_shows_clause_and_dates(machine: Machine) -> None:
    told = machine.told("law", "show", "self_assessment.period")
    assert {"value", "since", "clause", "confirmed"} <= told["values"][0].keys()
    assert told["clause_title"]


def test_the_law_is_whole(machine: Machine) -> None:
    assert machine.told("law", "check") == []


def test_an_unknown_parameter_fails_in_words(machine: Machine) -> None:
    done = machine.run("law", "show", "no.such.parameter")
    assert done.returncode != 0
    assert "no.such.parameter" in done.stderr
    assert "Traceback" not in done.stderr
