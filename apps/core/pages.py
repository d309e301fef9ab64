"""Templates of Django's, whose contexts are let go as soon as a page is written.

Django's hold themselves. A phone's page has a whole event in it, and a thousand phones ask for it in a minute: that
stayed until the next full look for such garbage, which comes after a hundred thousand requests.
"""

from typing import Any

from django.template.backends.django import DjangoTemplates, Template, reraise
from django.template.context import make_context
from django.template.exceptions import TemplateDoesNotExist


class Pages(DjangoTemplates):
    def get_template(self, template_name: str) -> "Page":
        return Page(super().get_template(template_name).template, self)


class Page(Template):
    backend: Pages

    def render(self, context: Any = None, request: Any = None) -> Any:
        whole = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(whole)
        except TemplateDoesNotExist as error:
            reraise(error, self.backend)
        finally:
            whole.dicts.clear()
