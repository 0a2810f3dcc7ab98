// Numbers, days and times look as Excel shows them: codes as people and programs write them, in both countries.
import { describe, expect, test } from 'vitest'
import { formatNumber } from '../../../../main/services/reading/xlsx/number-format'
import { Chance } from '../../random'

describe('numbers', () => {
  test.each([
    [3, 'General', '3'],
    [0.1 + 0.2, 'General', '0.3'],
    [1 / 3, 'General', '0.333333333'],
    [123456.789012, 'General', '123456.789'],
    [90312345678, 'General', '90312345678'],
    [1e21, 'General', '1E+21'],
    [0.00001234, 'General', '1.234E-05'],
    [-2.5, 'General', '-2.5'],
    [1234.5, '0', '1235'],
    [1234.5, '#,##0', '1,235'],
    [1234567.891, '#,##0.00', '1,234,567.89'],
    [1.005, '0.00', '1.01'],
    [0, '#,##0', '0'],
    [0, '#', ''],
    [5, '000', '005'],
    [0.125, '0.0%', '12.5%'],
    [1, '0%', '100%'],
    [0.5, '#.##', '.5'],
    [0.5, '0.##', '0.5'],
    [5, '0.##', '5'],
    [12800, '#,##0円', '12,800円'],
    [12800, '#,##0"円"', '12,800円'],
    [12800, '"¥"#,##0', '¥12,800'],
    [-12800, '"¥"#,##0', '-¥12,800'],
    [-12800, '"¥"#,##0;[Red]"¥"-#,##0', '¥-12,800'],
    [-12800, '#,##0_);(#,##0)', '(12,800)'],
    [0, '#,##0;-#,##0;"-"', '-'],
    [1234, '[$¥-411]#,##0', '¥1,234'],
    [19.9, '[$$-409]#,##0.00', '$19.90'],
    [1234567, '#,##0,', '1,235'],
    [1500000, '0.0,,"百万"', '1.5百万'],
    [312345678, '000-0000-0000', '003-1234-5678'],
    [123, '00"-"00', '01-23'],
    [12345, '0.00E+00', '1.23E+04'],
    [0.00012, '0.0E-0', '1.2E-4'],
    [1.5, '# ?/?', '1 1/2'],
    [0.333333, '# ??/??', '1/3'],
    [0.25, '# ?/8', '2/8'],
    [7, '0"件"', '7件'],
    [7, 'General"件"', '7件'],
    [120, '[>=100]"多い";[<10]"少ない";0', '多い'],
    [3, '[>=100]"多い";[<10]"少ない";0', '少ない'],
    [50, '[>=100]"多い";[<10]"少ない";0', '50'],
    [42, '@', '42'],
    [42, ';;;', '']
  ])('%d in %s is %s', (value, code, shown) => {
    expect(formatNumber(value, code)).toBe(shown)
  })

  test('whatever the code, a number comes out as a text, and plain codes keep its value', () => {
    const chance = new Chance(5)
    const signs = [
      ...'0#?,.%"\\_*[];@-+ eEymdhsgaAP/円年',
      '[Red]',
      '[h]',
      'AM/PM',
      'General',
      '"x"',
      '[$-411]'
    ]
    for (let round = 0; round < 3000; round++) {
      const code = Array.from({ length: 1 + chance.below(8) }, () => chance.pick(signs)).join('')
      for (const value of [0, -1.5, 45369.5, 1e300, -1e-300])
        expect(typeof formatNumber(value, code)).toBe('string')
    }
    for (let round = 0; round < 1000; round++) {
      const value = (chance.below(2_000_000_000) - 1_000_000_000) / 100
      expect(Number(formatNumber(value, '#,##0.00').replaceAll(',', ''))).toBe(value)
      expect(formatNumber(value, '#,##0.00').replaceAll(',', '')).toBe(formatNumber(value, '0.00'))
    }
  })
})

describe('days and times', () => {
  const noon = 45369.5 // 18 March 2024, a Monday
  test.each([
    [noon, 'yyyy/m/d', '2024/3/18'],
    [noon, 'yyyy"年"m"月"d"日"', '2024年3月18日'],
    [noon, 'yyyy-mm-dd hh:mm:ss', '2024-03-18 12:00:00'],
    [noon, 'm/d/yy', '3/18/24'],
    [noon, 'd-mmm-yy', '18-Mar-24'],
    [noon, 'dddd, mmmm d, yyyy', 'Monday, March 18, 2024'],
    [noon, 'm"月"d"日"(aaa)', '3月18日(月)'],
    [noon, 'aaaa', '月曜日'],
    [noon, '[$-411]ddd', '月'],
    [noon, 'ge.m.d', 'R6.3.18'],
    [noon, '[$-411]ggge"年"m"月"d"日"', '令和6年3月18日'],
    [noon, '[$-ja-JP]gge"年"', '令6年'],
    [43586, '[$-411]ggge"年"', '令和1年'],
    [43586, '[$-ja-JP-x-gannen]ggge"年"', '令和元年'],
    [43585, 'ggge"年"m"月"d"日"', '平成31年4月30日'],
    [32515, 'ggge"年"', '昭和64年'],
    [32516, 'ggge"年"', '平成1年'],
    [noon, 'h:mm AM/PM', '12:00 PM'],
    [0.3784722222, 'h:mm', '9:05'],
    [0.3784722222, 'hh"時"mm"分"', '09時05分'],
    [0.3784722222, '[$-411]AM/PM h"時"mm"分"', '午前 9時05分'],
    [0.3784722222, 'h:mm A/P', '9:05 A'],
    [1.5, '[h]:mm', '36:00'],
    [0.0625, '[mm]:ss', '90:00'],
    [0.00001157407 * 2.345, 'ss.00', '02.34'],
    [0.999999, 'h:mm:ss', '0:00:00'],
    [1, 'yyyy/m/d', '1900/1/1'],
    [59, 'yyyy/m/d', '1900/2/28'],
    [60, 'yyyy/m/d', '1900/2/29'],
    [61, 'yyyy/m/d', '1900/3/1'],
    [45369, 'yyyy/m/d;@', '2024/3/18'],
    [-5, 'yyyy/m/d', '-5'],
    [3_000_000, 'yyyy/m/d', '3000000']
  ])('%d in %s is %s', (value, code, shown) => {
    expect(formatNumber(value, code)).toBe(shown)
  })

  test('every day of two centuries is the day that the calendar says', () => {
    for (let day = 61; day < 73_050; day += 7) {
      const date = new Date(Date.UTC(1899, 11, 30) + day * 86_400_000)
      expect(formatNumber(day + 0.25, 'yyyy-mm-dd')).toBe(date.toISOString().slice(0, 10))
      expect(formatNumber(day, 'ddd')).toBe(date.toUTCString().slice(0, 3))
      if (day > 1462) {
        expect(formatNumber(day - 1462, 'yyyy-mm-dd', true)).toBe(date.toISOString().slice(0, 10))
      }
    }
  })
})
