"""The frame that every page stands in."""


def test_the_home_page_opens_for_everybody(client, db):
    page = client.get("/")

    assert page.status_code == 200
    assert b'<main id="content"' in page.content


def test_an_absent_page_says_so_in_the_same_frame(client, db):
    page = client.get("/no-such-page/")

    assert page.status_code == 404
    assert b"Page not found" in page.content
    assert b"site-header" in page.content
