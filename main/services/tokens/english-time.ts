// strftime for chat templates: the date in English, whatever the language of the machine, because that is
// what the models were taught. Not for dates that people read.

const months = 'January February March April May June July August September October November December'.split(
  ' '
)
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

export function englishTime(format: string, now: Date = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const month = months[now.getMonth()] as string
  const day = days[now.getDay()] as string
  const parts: Readonly<Record<string, string>> = {
    a: day.slice(0, 3),
    A: day,
    b: month.slice(0, 3),
    B: month,
    d: two(now.getDate()),
    H: two(now.getHours()),
    I: two(now.getHours() % 12 || 12),
    m: two(now.getMonth() + 1),
    M: two(now.getMinutes()),
    p: now.getHours() < 12 ? 'AM' : 'PM',
    S: two(now.getSeconds()),
    y: two(now.getFullYear() % 100),
    Y: String(now.getFullYear()),
    '%': '%'
  }
  return format.replace(/%([a-zA-Z%])/g, (whole, letter: string) => parts[letter] ?? whole)
}
