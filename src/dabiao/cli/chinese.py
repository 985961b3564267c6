"""click speaks Chinese: its own words for help and mistakes, put where it looks its translations up; so does
the operating system."""

import errno

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Aborted!": "已中止。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "用 {command} {option} 查看说明。",
    "Missing command.": "没有写明要执行的命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值不对：{message}",
    "No such option {name!r}.": "没有选项 {name}。",
    "No such command {name!r}.": "没有命令 {name}。",
    "Did you mean {possibility}?": "您要的可能是 {possibility}。",
    "(Did you mean one of: {possibilities}?)": "您要的可能是：{possibilities}。",
    "Got unexpected extra argument ({args})": "多出了参数：{args}。",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}。",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写取值。",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写取值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个取值。",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    "{value!r} is not {choice}.": "“{value}”不对，应为 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不在可选范围：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”的格式不对，应为 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”的格式不对，应为 {formats}。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是数字，请写数字。",
    "{value} is not in the range {range}.": "{value} 超出范围 {range}。",
    "{name} {filename!r} does not exist.": "{name}“{filename}”不存在，请核对路径。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，应为文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，应为文件。",
    "{name} {filename!r} is not readable.": "{name}“{filename}”读不了，请核对权限。",
    "{name} {filename!r} is not writable.": "{name}“{filename}”写不了，请核对权限。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "default: {default}": "缺省 {default}",
    "env var: {var}": "环境变量 {var}",
}
REASONS = {
    errno.ENOENT: "路径不存在",
    errno.EISDIR: "这是文件夹，应为文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
    errno.ECONNREFUSED: "对方没有应答",
}
ROOMS = (
    *(click.core, click.decorators, click.exceptions),
    *(click.formatting, click.parser, click.types),
)


def say(text: str) -> str:
    """click's words in Chinese; those not listed stay as they are."""
    return WORDS.get(text, text)


def why(error: OSError) -> str:
    """What the operating system says, and of which path."""
    said = REASONS.get(error.errno or 0) or error.strerror or str(error)
    return f"“{error.filename}”{said}" if error.filename else said


def say_number(one: str, many: str, number: int) -> str:
    return say(one if number == 1 else many)


def speak() -> None:
    """From now on; harmless twice."""
    for room in ROOMS:
        for name, word in (("_", say), ("ngettext", say_number)):
            if hasattr(room, name):
                setattr(room, name, word)
