"""The free text that the teacher labels: the silver set's own text, the articles of the two sets of pages, and web text.

    python training/entity/texts.py DATA OUT.jsonl
"""

import json
import lzma
import sys
from pathlib import Path


def main(data, out):
    rows = []
    for name in ("fundus-dev", "wcxb-dev"):
        with lzma.open(Path(data) / "markup" / f"{name}.jsonl.xz", "rt", encoding="utf8") as lines:
            for line in lines:
                page = json.loads(line)
                if page["lang"].startswith("en") or page["lang"] == "":
                    rows.append({"set": name, "id": page["id"], "text": f"{page['title'] or ''}\n{page['body']}"[:12000]})
    with lzma.open(Path(data) / "sentence" / "ewt-train.jsonl.xz", "rt", encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            rows.append({"set": "ewt-train", "id": record["id"], "text": "\n".join(paragraph for paragraph, _ in record["paras"])})
    with lzma.open(Path(data) / "entity" / "voa-silver.jsonl.xz", "rt", encoding="utf8") as lines:
        for line in lines:
            record = json.loads(line)
            rows.append({"set": "voa-silver", "id": record["id"], "text": record["text"]})
    with open(out, "w", encoding="utf8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(len(rows), sum(len(r["text"]) for r in rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
