"""Words put into markup without a template."""

from html import escape as standard

import pytest

from dabiao.look.escaping import escape


@pytest.mark.parametrize("words", ["", "示例", "<b onclick='x'>&\"", "&amp;"])
def test_words_are_escaped_as_by_the_standard_library_each_time(words: str) -> None:
    assert [escape(words), escape(words)] == [standard(words)] * 2
