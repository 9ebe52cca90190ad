"""The words that a PDF prints of its own, in each language that a brief may have. Pure.

They go into editions that are frozen, so they stand here and do not come from catalogues that a
server may have or lack."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format


@dataclass(frozen=True)
class Labels:
    """`page` has a place for the page's number and one for how many there are."""

    topics: str = "Topics"
    edition: str = "Edition"
    address: str = "Permanent address"
    licence: str = "Licence"
    all_rights_reserved: str = "All rights reserved."
    retracted: str = "Retracted"
    corrected: str = "Corrected"
    updated: str = "Updated"
    slips: str = "slips corrected"
    disowned: str = "The institute no longer stands by this brief."
    references: str = "References"
    page: str = "Page {} of {}"
    to_note: str = "Note {}"
    to_text: str = "Back to the text, note {}"
    comma: str = ", "
    colon: str = ": "
    day: str = "j F Y"

    @property
    def around_page(self) -> list[str]:
        """What stands before, between and after the numbers of a page."""
        return self.page.split("{}")

    def change(self, kind: str) -> str:
        """What an edition of `kind` did, within a line; empty for one that says nothing of it."""
        changes = {
            "typo": self.slips,
            "correction": self.corrected,
            "update": self.updated,
            "retraction": self.retracted,
        }
        return changes.get(kind, "").lower()


ENGLISH = Labels()
LABELS = {
    "en": ENGLISH,
    "fr": Labels(
        topics="Thèmes",
        edition="Édition",
        address="Adresse permanente",
        licence="Licence",
        all_rights_reserved="Tous droits réservés.",
        retracted="Rétracté",
        corrected="Corrigé",
        updated="Mis à jour",
        slips="coquilles corrigées",
        disowned="L’institut ne soutient plus ce texte.",
        references="Références",
        page="Page {} sur {}",
        to_note="Note {}",
        to_text="Retour au texte, note {}",
        colon="\u00a0: ",
    ),
    "ru": Labels(
        topics="Темы",
        edition="Издание",
        address="Постоянный адрес",
        licence="Лицензия",
        all_rights_reserved="Все права защищены.",
        retracted="Отозвано",
        corrected="Исправлено",
        updated="Обновлено",
        slips="исправлены опечатки",
        disowned="Институт более не поддерживает этот текст.",
        references="Источники",
        page="Страница {} из {}",
        to_note="Примечание {}",
        to_text="Назад к тексту, примечание {}",
        day="j E Y",  # the genitive
    ),
    "zh": Labels(
        topics="主题",
        edition="版本",
        address="永久网址",
        licence="许可",
        all_rights_reserved="版权所有。",
        retracted="已撤回",
        corrected="已更正",
        updated="已更新",
        slips="文字勘误",
        disowned="本机构不再认可本文。",
        references="参考文献",
        page="第 {} 页，共 {} 页",
        to_note="注 {}",
        to_text="返回正文，注 {}",
        comma="、",
        colon="：",
        day="Y年n月j日",
    ),
    "ar": Labels(
        topics="الموضوعات",
        edition="الإصدار",
        address="العنوان الدائم",
        licence="الترخيص",
        all_rights_reserved="جميع الحقوق محفوظة.",
        retracted="تم السحب",
        corrected="تم التصحيح",
        updated="تم التحديث",
        slips="صُحِّحت أخطاء مطبعية",
        disowned="لم تعد المؤسسة تتبنى ما ورد في هذه الورقة.",
        references="المراجع",
        page="الصفحة {} من {}",
        to_note="الحاشية {}",
        to_text="العودة إلى النص، الحاشية {}",
        comma="، ",
    ),
    "ur": Labels(
        topics="موضوعات",
        edition="اشاعت",
        address="مستقل پتا",
        licence="اجازت نامہ",
        all_rights_reserved="جملہ حقوق محفوظ ہیں۔",
        retracted="واپس لیا گیا",
        corrected="تصحیح شدہ",
        updated="تجدید شدہ",
        slips="کتابت کی غلطیاں درست کی گئیں",
        disowned="ادارہ اب اس تحریر کی ذمہ داری نہیں لیتا۔",
        references="حوالہ جات",
        page="صفحہ {} از {}",
        to_note="حاشیہ {}",
        to_text="متن پر واپس، حاشیہ {}",
        comma="، ",
    ),
}


def labels(language: str) -> Labels:
    """Those of `language` ("fr", "fr-CA"), English ones where there are none."""
    return LABELS.get(language.split("-")[0], ENGLISH)


def date(day: dt.date, language: str) -> str:
    """A day as `language` writes it."""
    with translation.override(language):
        written = date_format(day, labels(language).day)
    return (
        written.replace("1 ", "1er ", 1)
        if language.split("-")[0] == "fr" and day.day == 1
        else written
    )
