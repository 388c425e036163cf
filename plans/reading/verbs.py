"""Verbs at the head of a clause: what begins a new thing to be done."""

from __future__ import annotations

import re

GOING = re.compile(
    r"(?P<verb>组织召开|组织开展|召开|开展|举办|举行|组织|参加|进行|视察|走访|调研|评议|协商|慰问|对|就|围绕|撰写|赴|到|听取|学习|做好|完成|筹备|协助|配合|征集|编印|编发|督办|总结|启动|制定|邀请|考察|接待|培训|利用|开好|收集|提交|上报|布置|部署|迎接|观摩|看望|表彰|评选|研究|督查|检查|联系|深入|捐|搞(?!好)|帮扶|推进|落实|汇总|整理|谋划|起草|印发|宣传)"
)
