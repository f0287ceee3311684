"""Two spellings of one page give one address; two pages never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.urls import canonical_url, is_web_url, real_url

ANSWER = "https://www.zhihu.com/question/123/answer/456"


@pytest.mark.parametrize(
    "url",
    [
        ANSWER,
        "http://www.zhihu.com/question/123/answer/456/",
        "zhihu.com/question/123/answer/456",
        "//www.zhihu.com/question/123/answer/456",
        "HTTPS://WWW.ZHIHU.COM:443/question/123/answer/456",
        "https://m.zhihu.com/question/123/answer/456?utm_source=wechat_session&s_r=0",
        "https://www.zhihu.com/aria/question/123/answer/456",
        "https://www.zhihu.com/question/123/answers/456",
        "https://www.zhihu.com/question/123/answer/456#showWechatShareTip",
        "https://link.zhihu.com/?target=https%3A//www.zhihu.com/question/123/answer/456",
    ],
)
def test_a_zhihu_answer_has_one_address(url: str) -> None:
    assert canonical_url(url) == ANSWER


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.zhihu.com/answer/456", "https://www.zhihu.com/answer/456"),
        ("https://oia.zhihu.com/answers/456?a=b", "https://www.zhihu.com/answer/456"),
        ("https://www.zhihu.com/appview/answer/456", "https://www.zhihu.com/answer/456"),
        ("https://www.zhihu.com/tardis/zm/ans/456", "https://www.zhihu.com/answer/456"),
        ("https://www.zhihu.com/tardis/zm/art/789", "https://zhuanlan.zhihu.com/p/789"),
        ("http://zhuanlan.zhihu.com/p/789?from=x", "https://zhuanlan.zhihu.com/p/789"),
        ("https://www.zhihu.com/question/123?sort=created", "https://www.zhihu.com/question/123"),
        ("https://www.zhihu.com/people/someone/", "https://www.zhihu.com/people/someone"),
    ],
)
def test_other_zhihu_pages(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://link.zhihu.com/?target=http%3A//colah.github.io/", "https://colah.github.io/"),
        ("https://link.csdn.net/?target=https%3A%2F%2Fd2l.ai", "https://d2l.ai/"),
        ("https://link.jianshu.com/?t=https%3A%2F%2Fd2l.ai%2Fchapter", "https://d2l.ai/chapter"),
        (
            "https://link.zhihu.com/?target=https%3A%2F%2Flink.csdn.net%2F%3Ftarget%3Dhttps%253A%252F%252Fd2l.ai",
            "https://d2l.ai/",
        ),
        ("https://link.zhihu.com/?other=1", "https://link.zhihu.com/?other=1"),
    ],
)
def test_redirect_services_give_way_to_their_target(url: str, target: str) -> None:
    assert canonical_url(url) == target


@pytest.mark.parametrize(
    ("url", "real"),
    [
        ("https://link.zhihu.com/?target=https%3A//a.org/b%3Fc%3Dd", "https://a.org/b?c=d"),
        ("https://link.csdn.net/?target=https%3A%2F%2Fa.org", "https://a.org"),
        ("https://link.jianshu.com/?t=HTTP%3A%2F%2Fa.org/B", "http://a.org/B"),
        ("https://links.jianshu.com/go?to=https%3A%2F%2Fa.org", "https://a.org"),
        ("HTTPS://LINK.ZHIHU.COM/?target=https%3A//a.org", "https://a.org"),
        (" https://a.org/x ", "https://a.org/x"),
    ],
)
def test_redirects_that_name_their_target_are_undone(url: str, real: str) -> None:
    assert real_url(url) == real


@pytest.mark.parametrize(
    "url",
    [
        "https://link.juejin.cn/?target=javascript%3Aalert(1)",
        "https://www.google.com/search?q=deep+learning",
        "https://a.org/?target=https%3A//b.org",
        "https://[broken",
        "/path",
    ],
)
def test_other_addresses_stay(url: str) -> None:
    assert real_url(url) == url


@pytest.mark.parametrize("url", ["http://a.org", "https://a.org", "HTTPS://a.org", "Http://a.org"])
def test_web_addresses_in_any_case(url: str) -> None:
    assert is_web_url(url)


@pytest.mark.parametrize("url", ["ftp://a.org", "a.org", "/https://a.org", "https:/a.org", ""])
def test_paths_and_other_schemes_are_no_web_addresses(url: str) -> None:
    assert not is_web_url(url)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "https://blog.csdn.net/someone/article/details/1?spm=1001.2101.3001&ops_request=2",
            "https://blog.csdn.net/someone/article/details/1",
        ),
        ("https://example.org/a?utm_source=x&page=2&fbclid=y", "https://example.org/a?page=2"),
        (
            "https://www.bilibili.com/video/BV1?p=3&vd_source=abc&spm_id_from=333&share_source=qq",
            "https://www.bilibili.com/video/BV1?p=3",
        ),
        (
            "http://mp.weixin.qq.com/s?sn=d&__biz=a&mid=b&idx=1&chksm=e&scene=21#wechat_redirect",
            "https://mp.weixin.qq.com/s?__biz=a&idx=1&mid=b&sn=d",
        ),
        (
            "https://wapiknow.baidu.com/question/77.html?qbl=relate_question_2&word=x",
            "https://zhidao.baidu.com/question/77.html",
        ),
    ],
)
def test_tracking_goes_and_what_selects_the_page_stays(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/a/#part-2", "https://example.org/a"),
        ("https://example.org/#/", "https://example.org/"),
        ("https://example.org/#/c1/start", "https://example.org/#/c1/start"),
        (
            "https://www.zhihu.com/question/123#li-ming",
            "https://www.zhihu.com/question/123#li-ming",
        ),
        ("https://www.zhihu.com/question/123#Li Ming", "https://www.zhihu.com/question/123"),
        (
            "https://zhidao.baidu.com/question/77.html?fr=x#accepted-answer",
            "https://zhidao.baidu.com/question/77.html#accepted-answer",
        ),
    ],
)
def test_a_fragment_stays_only_where_it_tells_pages_apart(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://Example.ORG", "https://example.org/"),
        ("https://example.org:8443/A/b//", "https://example.org:8443/A/b"),
        (
            "https://example.org/深度学习",
            "https://example.org/%E6%B7%B1%E5%BA%A6%E5%AD%A6%E4%B9%A0",
        ),
        ("https://example.org/%e6%b7%b1", "https://example.org/%E6%B7%B1"),
        ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
        ("urn:xianhou:forum:what-first", "urn:xianhou:forum:what-first"),
    ],
)
def test_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


def test_different_pages_keep_different_addresses() -> None:
    pages = [
        "https://www.zhihu.com/question/123/answer/456",
        "https://www.zhihu.com/question/123/answer/457",
        "https://www.zhihu.com/question/123",
        "https://www.zhihu.com/question/123#a",
        "https://www.zhihu.com/question/123#b",
        "https://example.org/a",
        "https://example.org/A",
        "https://example.org/a?page=2",
    ]
    assert len({canonical_url(page) for page in pages}) == len(pages)


@pytest.mark.parametrize("url", ["", "   ", "https://", "http:///path", "/local/path"])
def test_an_address_without_a_host_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no host"):
        canonical_url(url)


@given(
    host=st.sampled_from(
        ["zhihu.com", "www.zhihu.com", "blog.csdn.net", "wapiknow.baidu.com", "example.org"]
    ),
    path=st.text("abc/学%2 .-1", max_size=12),
    query=st.text("utm_a=&b%学 ;1", max_size=12),
    fragment=st.text("a-/1学!", max_size=6),
)
def test_a_canonical_address_is_its_own_canonical_form(
    host: str, path: str, query: str, fragment: str
) -> None:
    once = canonical_url(f"http://{host}/{path}?{query}#{fragment}")
    assert canonical_url(once) == once
