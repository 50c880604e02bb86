"""Medians, ratios and their spread."""

import statistics


def quartiles(values):
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def table(rows):
    """One line per phase and contender. Ratios are taken run by run against the floor of the same repetition."""
    lines = [f"{'phase':<10}{'contender':<17}{'runs':>5}{'median s':>10}{'quartiles':>16}{'x floor':>9}"
             f"{'quartiles':>14}{'cpu s':>8}{'peak MiB':>10}{'trips/host':>12}"]
    keys = dict.fromkeys((row["phase"], row["contender"]) for row in rows)
    for phase, contender in keys:
        mine = [row for row in rows if (row["phase"], row["contender"]) == (phase, contender)]
        base = {row["repetition"]: row["seconds"] for row in rows if (row["phase"], row["contender"]) == (phase, "floor")}
        low, middle, high = quartiles([row["seconds"] for row in mine])
        ratios = [row["seconds"] / base[row["repetition"]] for row in mine if row["repetition"] in base]
        ratio = ("", "") if not ratios else (
            f"{statistics.median(ratios):.2f}", "{0:.2f}-{2:.2f}".format(*quartiles(ratios)))
        trips = [row["round_trips"] for row in mine if "round_trips" in row]
        lines.append(
            f"{phase:<10}{contender:<17}{len(mine):>5}{middle:>10.3f}{f'{low:.3f}-{high:.3f}':>16}{ratio[0]:>9}{ratio[1]:>14}"
            f"{statistics.median(row['cpu'] for row in mine):>8.2f}{max(row['peak_mib'] for row in mine):>10.0f}"
            f"{(statistics.median(trips) if trips else ''):>12}")
    return "\n".join(lines)
