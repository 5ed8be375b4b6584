"""Raises of hourly wages and of pay: lines, who is counted, what a missed goal costs (RULES G-11, GK-03 to GK-05, SK-06, SK-07)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.rules.growth import meets_growth


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker's hourly wage before and after the raise in whole yen, and what decides whether he may be counted."""

    before_yen: int
    after_yen: int
    weekly_hours: Fraction = Fraction(40)
    insured: bool = True


def wage_line(regional_yen: int, margin_yen: int) -> int:
    """The least hourly wage in yen: regional minimum wage + margin."""
    return regional_yen + margin_yen


def above_line(lowest_yen: int, regional_yen: int, margin_yen: int) -> bool:
    """Whether the lowest wage of the workplace is at the line or above."""
    return lowest_yen >= wage_line(regional_yen, margin_yen)


def raised_workers(staff: Sequence[Worker], course_yen: int, least_hours: int) -> int:
    """How many of the staff count as raised under a course of `course_yen`.

    Counted is who was at the old minimum or is overtaken by the new one, and is raised by the course at least. Nobody
    is counted if the minimum itself rises by less than the course.

    Args:
        staff: Everybody at the workplace, raised or not.
        course_yen: The least raise of the course, > 0.
        least_hours: Working hours a week from which a worker may be counted.
    """
    if not staff:
        return 0
    old, new = min(w.before_yen for w in staff), min(w.after_yen for w in staff)
    if new - old < course_yen:
        return 0
    return sum(
        w.before_yen < new and w.after_yen - w.before_yen >= course_yen and w.insured and w.weekly_hours >= least_hours for w in staff
    )


def fell_by_points(before_percent: str, after_percent: str, points: str) -> bool:
    """Whether a rate fell by `points` percent points at least."""
    return Fraction(before_percent) - Fraction(after_percent) >= Fraction(points)


def pay_goal_met(
    per_head: tuple[Fraction | int, Fraction | int], years: int, least_percent: str, goal: tuple[Fraction | int, Fraction | int, str]
) -> bool:
    """Whether pay per head grew by the least rate a year, and the chosen pay (total or per head) by the declared one.

    Args:
        per_head: Pay per head in the base year and in the final year.
        years: Business years between them.
        least_percent: The rate that pay per head must reach whatever was declared.
        goal: The chosen pay in base and final year, and the rate declared in the application.
    """
    return meets_growth(*per_head, years, least_percent) and meets_growth(goal[0], goal[1], years, goal[2])


def base_year_holds(base_yen: Fraction | int, latest_yen: Fraction | int) -> bool:
    """Whether the pay of the base year is not below that of the latest year before the application."""
    return base_yen >= latest_yen


def shortfall_share(goal: Fraction | int | str, reached: Fraction | int | str) -> Fraction:
    """The part of a goal that was missed, from 0 to 1: what is paid back in proportion to the shortfall.

    Raises:
        ValueError: The goal is not positive.
    """
    wanted, got = Fraction(goal), Fraction(reached)
    if wanted <= 0:
        raise ValueError("a shortfall needs a positive goal")
    return min(Fraction(1), max(Fraction(0), (wanted - got) / wanted))
