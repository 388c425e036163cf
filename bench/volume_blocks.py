"""A volume of 300 pages made of nothing but a seed: 500 proposals, 300 members, 200 activities, 40 photos."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

from PIL import Image

from core.pdf.blocks import Block, Column, Contents, Cover, Heading, Index, PageBreak, Paragraph, Picture, Table

SEED = 20260322
PROPOSALS, MEMBERS, ACTIVITIES, PHOTOS = 500, 300, 200, 40
GROUPS = 10  # proposals are printed by category, each beginning on a new page
TEXT = """
推进 加强 完善 优化 提升 落实 关于 社区 养老 服务 设施 建设 城乡 环境 治理 民营 经济 发展 基层 医疗
卫生 保障 体系 营商 文旅 融合 协商 民主 监督 委员 履职 调研 视察 意见 办理 答复 部门 群众 反映 问题
原因 分析 具体 措施 道路 停车 教育 资源 均衡 农村 饮水 工程 老旧 小区 改造 河道 水质 监测 数字 政务
平台 青年 就业 创业 扶持 古镇 保护 利用 电动车 充电 安全 隐患 排查 垃圾 分类 收运 公交 线路 调整 学校
周边 交通 秩序 食品 抽检 公园 绿地 无障碍 图书 阅览 志愿 培训 机制
"""
WORDS = TEXT.split()
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "文清明远思雨嘉禾子涵晓峰立新国强建华丽娟志平海燕云舟若水景行知微"
CATEGORIES = ("经济", "农业", "城建", "环保", "教育", "科技", "文化", "卫生", "社会", "政法")


def words(source: random.Random, count: int) -> str:
    """`count` words with a comma now and then, closed by a full stop."""
    parts = [source.choice(WORDS) + ("，" if at % 6 == 5 else "") for at in range(count)]
    return "".join(parts).rstrip("，") + f"{source.randint(2, 980)}处。"


def people(source: random.Random) -> list[str]:
    return [source.choice(SURNAMES) + source.choice(GIVEN) + source.choice(GIVEN) for _ in range(MEMBERS)]


def blocks() -> list[Block]:
    """The same volume each time."""
    source = random.Random(SEED)
    names = people(source)
    titles = [f"关于{''.join(source.sample(WORDS, 5))}的提案" for _ in range(PROPOSALS)]
    made: list[Block] = [
        Cover("履职资料汇编", ["云溪县政协", "2026年"]),
        Contents([(f"第{at + 1}号　{title}", f"p{at}") for at, title in enumerate(titles)]),
    ]
    for group in range(GROUPS):
        chosen = range(group, PROPOSALS, GROUPS)
        made += [Heading(1, f"{CATEGORIES[group]}类提案", number="")]
        for at in chosen:
            made += proposal(source, at, titles[at], names)
        made.append(PageBreak())
    made += [*roster(source, names), PageBreak(), *activities(source, names), PageBreak(), *photos(source), PageBreak()]
    return [*made, index(source, names)]


def proposal(source: random.Random, at: int, title: str, names: list[str]) -> Iterator[Block]:
    yield Heading(2, f"第{at + 1}号　{title}", number="", anchor=f"p{at}")
    yield Paragraph(f"提案者：{'、'.join(source.sample(names, 2))}　　承办单位：{source.choice(CATEGORIES)}局")
    yield Paragraph(words(source, 52))
    yield Paragraph(f"办理结果：{words(source, 18)}")


def roster(source: random.Random, names: list[str]) -> list[Block]:
    columns = [Column("序号", 10, "center"), Column("姓名", 14), Column("界别", 16), Column("单位和职务", 40),
               Column("出席", 10, "right"), Column("提案", 10, "right")]  # fmt: skip
    rows = [(at + 1, name, source.choice(CATEGORIES), f"云溪县{''.join(source.sample(WORDS, 4))}中心主任",
             f"{source.randint(60, 100)}%", source.randint(0, 6)) for at, name in enumerate(names)]  # fmt: skip
    return [Heading(1, "委员名册", number=""), Table(columns, rows, caption="委员履职情况一览表")]


def activities(source: random.Random, names: list[str]) -> list[Block]:
    made: list[Block] = [Heading(1, "活动记录", number="")]
    for at in range(ACTIVITIES):
        day = f"{at % 12 + 1}月{at % 28 + 1}日"
        made += [
            Heading(3, f"{''.join(source.sample(WORDS, 4))}（{day}）", number=""),
            Paragraph(f"参加委员：{'、'.join(source.sample(names, 8))}。{words(source, 24)}"),
        ]
    return made


def photos(source: random.Random) -> list[Block]:
    made: list[Block] = [Heading(1, "活动照片", number="")]
    return made + [Picture(f"bench-{at}", f"图{at + 1}　{words(source, 6)}", 70) for at in range(PHOTOS)]


def index(source: random.Random, names: list[str]) -> Index:
    entries = {name: sorted({f"p{source.randrange(PROPOSALS)}" for _ in range(4)}) for name in names}
    return Index("提案者索引", sorted(entries.items()))


def photo(media_id: str) -> tuple[bytes, str]:
    """A picture of 2400 × 1600 as uploads leave it, about as heavy as a photo: colours that run, and grain."""
    number = int(media_id.partition("-")[2])
    grain = Image.effect_noise((600, 400), 40).resize((2400, 1600))
    shade = Image.linear_gradient("L").rotate(90 * number).resize((2400, 1600))
    other = Image.radial_gradient("L").resize((2400, 1600))
    buffer = io.BytesIO()
    Image.merge("RGB", (grain, shade, other)).save(buffer, "JPEG", quality=85)
    return buffer.getvalue(), "image/jpeg"
