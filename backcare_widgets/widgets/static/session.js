/* Built from frontend/ by "make page": @preact/signals 2.11.4, preact 11.2.0, esbuild 0.28.2. */
var n,t,r,u,i,f,o,e,l,c,a,s,h=Symbol.for("pv"),p={},y=[],v=/^m(i|n|o|s|text|space)$/,w=Array.isArray,
d=y.slice,_=Object.assign;function g(n3){n3&&n3.parentNode&&n3.remove()}function k(n3,t4,r4){var u4,
i4,f5,o5={},e4=arguments.length;for(f5 in t4)f5=="key"?u4=t4[f5]:f5=="ref"&&typeof n3!="function"?i4=
t4[f5]:o5[f5]=t4[f5];return e4>2&&(o5.children=e4>3?d.call(arguments,2):r4),m(n3,o5,u4,i4,null)}function m(r4,u4,i4,f5,o5){var e4={type:r4,props:u4,key:i4,ref:f5,__k:null,__:null,__b:0,__e:null,__c:null,
constructor:h,__v:o5||++t,__i:-1,__u:0};return!o5&&n.vnode&&n.vnode(e4),e4}function $(n3){return n3.children}function x(n3,t4){this.props=n3,this.context=t4,this.__g=0}function S(n3,t4){
if(t4==null)return n3.__&&S(n3.__,n3.__i+1);for(var r4;t4<n3.__k.length;t4++)if((r4=n3.__k[t4])&&r4.
__e)return r4.__e;return typeof n3.type!="function"||n3.props.__P?null:S(n3)}function C(t4){var r4,u4=t4.
__v,i4=u4.__e,f5=[],o5=[],e4=t4.__P;e4&&((r4=_({constructor:h},u4)).__v=u4.__v+1,n.vnode&&n.vnode(r4),
z(e4,r4,u4,t4.__n,e4.namespaceURI,32&u4.__u?[i4]:null,f5,i4||S(u4),32&u4.__u,o5),r4.__v=u4.__v,r4.__.
__k[r4.__i]=r4,E(f5,r4,o5),u4.__=u4.__e=null,r4.__e!=i4&&j(r4))}function j(n3){if((n3=n3.__)&&n3.__c&&
!n3.props.__P)return n3.__e=null,n3.__k.some(function(t4){return t4&&(n3.__e=t4.__e)}),j(n3)}function L(t4){
(8&t4.__g||(t4.__g|=8,u.push(t4),f++))&&i==n.debounceRendering||((i=n.debounceRendering)||queueMicrotask)(
H)}function H(){try{for(var n3,t4=1;u.length;)u.length>t4&&u.sort(o),n3=u.shift(),t4=u.length,8&n3.__g&&
C(n3)}finally{(f=u.length)&&(i||queueMicrotask)(H)}}function I(n3,t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){var s4,
h5,v4,w5,d5,_4,g5=u4.__k||y,k4=t4.length;for(l4=q(r4,t4,g5,l4,k4),s4=0;s4<k4;s4++)(v4=r4.__k[s4])!=null&&
(h5=~v4.__i&&g5[v4.__i]||p,v4.__i=s4,_4=z(n3,v4,h5,i4,f5,o5,e4,l4,c4,a5),w5=v4.__e,(h5.ref!=v4.ref||
8&h5.__u)&&(h5.ref&&G(h5.ref,null,v4,h5),v4.ref&&a5.push(v4.ref,v4.__c||w5,v4)),d5=d5||w5,4&v4.__u?(l4=
A(v4,l4,n3,!h5.__v),h5.__e&&(h5.__e=null)):typeof v4.type=="function"&&_4!==void 0?l4=_4:w5&&(l4=w5.
nextSibling),v4.__u&=-21);return r4.__e=d5,l4}function q(n3,t4,r4,u4,i4){var f5,o5,e4,l4,c4,a5,s4,p5,
y5,v4=r4.length,d5=v4,_4=0,g5=0,k4=n3.__k=Array(i4);for(f5=0;f5<i4;f5++)(o5=t4[f5])!=null&&typeof o5!=
"boolean"&&typeof o5!="function"?(typeof o5!="object"||o5.constructor===String?o5=k4[f5]=m(null,o5):
w(o5)?o5=k4[f5]=m($,{children:o5}):o5.constructor===h&&o5.__b?o5=k4[f5]=m(o5.type,o5.props,o5.key,o5.
ref,o5.__v):k4[f5]=o5,l4=f5+_4,o5.__=n3,o5.__b=n3.__b+1,e4=null,~(c4=o5.__i=P(o5,r4,l4,d5))&&(d5--,(e4=
r4[c4])&&(e4.__u|=2)),e4&&e4.__v?(o5.__u|=16,c4==l4-1?_4--:c4==l4+1?_4++:c4!=l4&&(c4>l4?_4--:_4++,g5=
1)):(~c4||(i4>v4?_4--:i4<v4&&_4++),typeof o5.type!="function"&&(o5.__u|=4))):k4[f5]=null;if(g5){for(a5=
[],s4=[],f5=0;f5<i4;f5++)if((o5=k4[f5])&&16&o5.__u){for(_4=0,p5=a5.length;_4<p5;)a5[y5=_4+p5>>1]<o5.
__i?_4=y5+1:p5=y5;a5[_4]=o5.__i,s4[f5]=_4+1}for(_4=a5.length;f5--;)s4[f5]&&(s4[f5]==_4?_4--:k4[f5].__u|=
4)}if(d5)for(f5=0;f5<v4;f5++)!(e4=r4[f5])||2&e4.__u||(e4.__e==u4&&(u4=S(e4)),J(e4,e4));return u4}function A(n3,t4,r4,u4){
var i4,f5,o5,e4;if(typeof n3.type=="function"){if(n3.props.__P)return t4;if(i4=n3.__k)for(f5=0;f5<i4.
length;f5++)i4[f5]&&(i4[f5].__=n3,t4=A(i4[f5],t4,r4,!1));return t4}for(t4&&!t4.parentNode&&(t4=S(n3))&&
!t4.parentNode&&(t4=null),o5=n3.__e,e4=t4;e4&&e4.nodeType==8;)e4=e4.nextSibling;for(o5!=e4&&(!u4&&r4.
moveBefore&&o5.parentNode?r4.moveBefore(o5,t4):r4.insertBefore(o5,t4||null)),t4=o5;(t4=t4&&t4.nextSibling)&&
t4.nodeType==8&&!t4.data.startsWith("$s"););return t4}function P(n3,t4,r4,u4){var i4,f5=n3.key,o5=n3.type,e4=t4[r4],l4=e4&&!(2&e4.__u);if(e4===null&&f5==null||
l4&&f5==e4.key&&o5==e4.type)return r4;if(u4>(l4?1:0)){for(i4=r4-1;i4>=0;i4--)if((e4=t4[i4])&&!(2&e4.
__u)&&f5==e4.key&&o5==e4.type)return i4;for(i4=r4+1;i4<t4.length;i4++)if((e4=t4[i4])&&!(2&e4.__u)&&f5==
e4.key&&o5==e4.type)return i4}return-1}function T(n3,t4,r4){r4==null&&(r4=""),t4[0]=="-"?n3.setProperty(
t4,r4):n3[t4]=r4}function N(n3,t4,r4,u4,i4){var f5,o5;if(t4=="style")if(typeof r4=="string")n3.style.
cssText=r4;else{if(typeof u4=="string"&&(n3.style.cssText=u4=""),u4)for(t4 in u4)r4&&t4 in r4||T(n3.
style,t4);if(r4)for(t4 in r4)u4&&r4[t4]==u4[t4]||T(n3.style,t4,r4[t4])}else if(t4[0]=="o"&&t4[1]=="n")
typeof r4!="function"&&(r4=null),typeof u4!="function"&&(u4=null),(n3.__e||(n3.__e={}))[t4]=r4,r4&&u4||
(o5=a[t4]||(a[t4]=V(t4)),(n3.__a||(n3.__a={}))[t4]=c,f5=t4!=(t4=t4.replace(l,"$1")),(t4=t4.slice(2))[0]<
"a"&&(t4=t4.toLowerCase()),r4?n3.addEventListener(t4,o5,f5):n3.removeEventListener(t4,o5,f5));else{if(i4==
"http://www.w3.org/2000/svg")t4=t4.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t4!="wid\
th"&&t4!="height"&&t4!="href"&&t4!="list"&&t4!="form"&&t4!="tabIndex"&&t4!="download"&&t4!="rowSpan"&&
t4!="colSpan"&&t4!="role"&&t4!="popover"&&t4 in n3)try{return void(n3[t4]=r4??"")}catch{}if(typeof r4==
"function")return;r4==null||r4===!1&&t4[4]!="-"?n3.removeAttribute(t4):n3.setAttribute(t4,t4=="popov\
er"&&r4==1?"":r4)}}function V(t4){return function(r4){var u4=this.__e;if(u4){if(u4=u4[t4],r4[e]==null)
r4[e]=c++;else if(r4[e]<this.__a[t4])return;return u4(n.event?n.event(r4):r4)}}}function z(t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){
var s4,p5,v4,d5,k4,b3,m5,M2,C3,j3,L2,H2,q2,A4,O2,P2,T4,N2,V2=r4.type;if(r4.constructor!==h)return null;
128&u4.__u&&(c4=32&u4.__u,s4=u4.__c.__z)&&(r4.__u|=c4,p5=o5=[],s4.nodeType==8?l4=B(s4,o5):o5.push(s4),
l4=o5[0]||l4),(s4=n.__b)&&s4(r4);n:if(typeof V2=="function"){v4=e4.length;try{if(M2=r4.props,C3=(s4=
V2.prototype)&&s4.render,j3=(s4=V2.contextType)&&i4[s4.__c],L2=s4?j3?j3.props.value:s4.__:i4,(d5=u4.
__c)?(r4.__c=d5,2&d5.__g&&(d5.__g|=1)):(C3?r4.__c=d5=new V2(M2,L2):(r4.__c=d5=new x(M2,L2),d5.constructor=
V2,d5.render=K),j3&&j3.sub(d5),d5.state||(d5.state={}),d5.__n=i4,d5.__g|=8,d5.__h=[],d5.__k=[]),C3&&
(d5.__s||(d5.__s=d5.state),V2.getDerivedStateFromProps&&(d5.__s==d5.state&&(d5.__s=_({},d5.__s)),_(d5.
__s,V2.getDerivedStateFromProps(M2,d5.__s)))),k4=d5.props,b3=d5.state,d5.__v=r4,u4.__c){if(M2!==k4&&
C3&&!V2.getDerivedStateFromProps&&d5.componentWillReceiveProps&&d5.componentWillReceiveProps(M2,L2),
r4.__v==u4.__v&&!(8&d5.__g)||!(4&d5.__g)&&d5.shouldComponentUpdate&&d5.shouldComponentUpdate(M2,d5.__s,
L2)===!1){r4.__v!=u4.__v&&(d5.props=M2,d5.state=d5.__s,d5.__g&=-9),r4.__e=u4.__e,r4.__k=u4.__k,r4.__k.
some(function(n3){n3&&(n3.__=r4)}),y.push.apply(d5.__h,d5.__k),d5.__k=[],d5.__h.length&&e4.push(d5),
l4=S(u4);break n}d5.componentWillUpdate&&d5.componentWillUpdate(M2,d5.__s,L2),C3&&d5.componentDidUpdate&&
d5.__h.push(function(){d5.componentDidUpdate(k4,b3,m5)})}else C3&&!V2.getDerivedStateFromProps&&d5.componentWillMount&&
d5.componentWillMount(),C3&&d5.componentDidMount&&d5.__h.push(d5.componentDidMount);d5.context=L2,d5.
props=M2,d5.__P=t4,d5.__g&=-5,H2=n.__r,q2=C3?25:0;do d5.__g&=-9,H2&&H2(r4),s4=d5.render(d5.props,d5.
state=d5.__s,d5.context);while(8&d5.__g&&++q2<25);C3&&(y.push.apply(d5.__h,d5.__k),d5.__k=[]),d5.state=
d5.__s,d5.getChildContext&&(i4=_({},i4,d5.getChildContext())),C3&&u4.__c&&d5.getSnapshotBeforeUpdate&&
(m5=d5.getSnapshotBeforeUpdate(k4,b3)),A4=s4&&s4.type===$&&s4.key==null?s4.props.children:s4,M2.__P&&
(s4=l4,f5=(t4=M2.__P).namespaceURI,c4=o5=null,u4.props&&u4.props.__P!=t4&&(u4.__k.some(function(n3){
n3&&J(n3,n3)}),u4.__k=null),l4=u4.__k?S(u4,0):null),l4=I(t4,w(A4)?A4:[A4],r4,u4,i4,f5,o5,e4,l4,c4,a5),
M2.__P&&(r4.__e=null,l4=s4),r4.__u&=-161,p5&&p5.some(g),d5.__h.length&&e4.push(d5),1&d5.__g&&(d5.__g&=
-4)}catch(t5){if(e4.length=v4,r4.__v=null,c4||o5)if(t5&&t5.then){if(r4.__u|=128|c4,o5){for(~(T4=o5.indexOf(
l4||void 0))||(T4=o5.length);(N2=o5[T4-1])&&N2.nodeType==8;)T4--;for(;T4<o5.length;T4++)if(N2=o5[T4])
if(o5[T4]=null,O2){if(N2==P2)break}else{if(N2.nodeType!=8)break;N2.data.startsWith("$s")&&(P2=B(O2=N2))}}
if(!O2){for(;l4&&l4.nodeType==8&&l4.nextSibling;)l4=l4.nextSibling;O2=l4}(s4=B(O2=r4.__c.__z||(r4.__c.
__z=O2)))?(r4.__e=O2,l4=s4):r4.__e=l4,l4=l4&&l4.nextSibling}else o5&&o5.some(g);else r4.__e=u4.__e;r4.
__k||(r4.__k=u4.__k||[]),t5&&t5.then||D(r4),n.__e(t5,r4,u4)}}else l4=r4.__e=F(u4.__e,r4,u4,i4,f5,o5,
e4,c4,a5,t4);return(s4=n.diffed)&&s4(r4),l4}function B(n3,t4){if(n3&&n3.nodeType==8&&n3.data.startsWith(
"$s"))for(var r4=1;n3=n3.nextSibling;){if(n3.nodeType==8){if(n3.data.startsWith("$s"))r4++;else if(n3.
data.startsWith("/$s")&&!--r4)return n3}t4&&t4.push(n3)}}function D(n3){n3&&(n3.__c&&(n3.__c.__g|=4),
n3.__k&&n3.__k.some(D))}function E(t4,r4,u4){for(var i4=0;i4<u4.length;)G(u4[i4++],u4[i4++],u4[i4++]);
n.__c&&n.__c(r4,t4),t4.some(function(r5){try{t4=r5.__h,r5.__h=[],t4.some(function(n3){n3.call(r5)})}catch(t5){
n.__e(t5,r5.__v)}})}function F(t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){var s4,h5,y5,_4,k4,b3,m5,M2,$2=u4.props||
p,x3=r4.props,C3=r4.type;if(C3=="svg"?f5="http://www.w3.org/2000/svg":C3=="math"?f5="http://www.w3.o\
rg/1998/Math/MathML":f5||(f5="http://www.w3.org/1999/xhtml"),o5){for(s4=0;s4<o5.length;s4++)if((k4=o5[s4])&&
(C3?k4.localName==C3:k4.nodeType==3)){t4=k4,o5[s4]=null;break}}if(!t4){if(M2=a5.ownerDocument||document,
!C3)return M2.createTextNode(x3);t4=M2.createElementNS(f5,C3,x3.is?x3:a5),l4&&(n.__m&&n.__m(r4,o5),l4=
!1),o5=null}if(C3){if(a5=C3=="template"&&t4.content||t4,o5=C3=="textarea"&&x3.defaultValue!=null?null:
o5&&d.call(a5.childNodes),!l4&&o5)for($2={},s4=0;s4<t4.attributes.length;s4++)$2[(k4=t4.attributes[s4]).
name]=k4.value;for(s4 in $2)k4=$2[s4],s4=="dangerouslySetInnerHTML"?y5=k4:s4=="children"||s4 in x3||
s4=="value"&&"defaultValue"in x3||s4=="checked"&&"defaultChecked"in x3||N(t4,s4,null,k4,f5);for(s4 in x3)
k4=x3[s4],s4=="children"?_4=k4:s4=="dangerouslySetInnerHTML"?h5=k4:s4=="value"?b3=k4:s4=="checked"?m5=
k4:l4&&typeof k4!="function"||$2[s4]===k4||N(t4,s4,k4,$2[s4],f5);h5?(l4||y5&&(h5.__html==y5.__html||
h5.__html==t4.innerHTML)||(t4.innerHTML=h5.__html),r4.__k=[]):(y5&&(t4.textContent=""),(C3=="foreign\
Object"||f5=="http://www.w3.org/1998/Math/MathML"&&v.test(C3))&&(f5="http://www.w3.org/1999/xhtml"),
I(a5,w(_4)?_4:[_4],r4,u4,i4,f5,o5,e4,o5?o5[0]:u4.__k&&S(u4,0),l4,c4),o5&&o5.some(g)),l4&&C3!="textar\
ea"||(s4="value",C3=="progress"&&b3==null?t4.removeAttribute(s4):b3==null||b3===t4[s4]&&(C3!="progre\
ss"||b3)||N(t4,s4,b3,$2[s4],f5),s4="checked",m5!=null&&m5!=t4[s4]&&N(t4,s4,m5,$2[s4],f5))}else $2===
x3||l4&&t4.data==x3||(t4.data=x3);return t4}function G(t4,r4,u4,i4){try{typeof t4=="function"?r4?r4.
__x=t4(r4)||1:i4&&(i4=i4.__c||i4.__e)&&(r4=i4.__x)&&(i4.__x=null,typeof r4=="function"?r4():t4(null)):
t4.current=r4}catch(t5){n.__e(t5,u4)}}function J(t4,r4,u4){var i4,f5,o5,e4;if(n.unmount&&n.unmount(t4),
!(i4=t4.ref)||i4.current&&i4.current!=t4.__e||G(i4,null,r4,t4),i4=t4.__c){if(i4.componentWillUnmount)
try{i4.componentWillUnmount()}catch(t5){n.__e(t5,r4)}i4.__P=i4.__n=null}if(i4=t4.__k)for(e4=0;e4<i4.
length;e4++)i4[e4]&&J(i4[e4],r4,typeof t4.type!="function"||u4&&!t4.props.__P);!u4&&(i4=t4.__c)&&(i4=
i4.__z)&&(f5=B(i4,o5=[]))&&(i4==t4.__e&&o5.some(g),g(f5),g(i4)),u4||g(t4.__e),t4.__e=t4.__c=t4.__=null}
function K(n3,t4,r4){return this.constructor(n3,r4)}function Q(t4,r4){var u4,i4,f5,o5;n.__&&n.__(t4,
r4),r4.nodeType==9&&(r4=r4.documentElement),i4=(u4=t4&&32&t4.__u)?null:r4.__k,r4.__k=m($,{children:[
t4]}),f5=[],o5=[],z(r4,r4.__k,i4||p,p,r4.namespaceURI,i4?null:r4.firstChild?d.call(r4.childNodes):null,
f5,i4?i4.__e:r4.firstChild,u4,o5),E(f5,r4.__k,o5),r4.__k.props.children=null}n={__e:function(n3,t4,r4,u4){for(var i4,o5,e4;t4=t4.__;)if((i4=t4.__c)&&!(1&i4.__g)){i4.__g|=4;try{if((e4=
(o5=i4.constructor)&&o5.getDerivedStateFromError)&&i4.setState(o5.getDerivedStateFromError(n3)),i4.componentDidCatch&&
(i4.componentDidCatch(n3,u4||{}),e4=1),e4&&8&i4.__g)return void(i4.__g|=2)}catch(t5){n3=t5}}throw f=
0,n3}},t=0,r=function(n3){return n3!=null&&n3.constructor===h},x.prototype.setState=function(n3,t4){
var r4=this.__s;r4&&r4!=this.state||(r4=this.__s=_({},this.state)),typeof n3=="function"&&(n3=n3(_({},
r4),this.props)),n3&&(_(r4,n3),this.__v&&(t4&&this.__k.push(t4),L(this)))},x.prototype.forceUpdate=function(n3){
this.__v&&(this.__g|=4,n3&&this.__h.push(n3),L(this))},x.prototype.render=$,u=[],f=0,o=function(n3,t4){
return n3.__v.__b-t4.__v.__b},e=Symbol(),l=/(PointerCapture)$|Capture$/i,c=0,a={},s=0;var t2,r2,u2,i2,o2=Object.is,f2=0,c2=[],e2=[],a2=n,v2=a2.__b,l2=a2.__r,m2=a2.diffed,h2=a2.__c,s2=a2.
unmount,p2=a2.__;function y2(n3,t4){a2.__h&&a2.__h(r2,n3,f2||t4),f2=0;var u4=r2.__H||(r2.__H={__:[],
__h:[]});return n3>=u4.__.length&&u4.__.push({}),u4.__[n3]}function d2(n3){return f2=1,_2(G2,n3)}function _2(n3,u4,i4){
var f5=y2(t2++,2);if(f5.t=n3,!f5.__c&&(f5.__=[i4?i4(u4):G2(void 0,u4),function(n4){var t4=(f5.__N||f5.
__)[0],r4=f5.t(t4,n4);o2(t4,r4)||(f5.__N=[r4,f5.__[1]],f5.__c.setState({}))}],f5.__c=r2,!r2.__f)){r2.
__f=!0;var c4=r2.shouldComponentUpdate;r2.shouldComponentUpdate=function(n4,t4,r4){var u5=this.__H;if(!u5)
return!0;var i5=!1,f6=this.props!=n4;if(u5.__.some(function(n5){n5.__N&&(i5=!0,o2(n5.__[0],n5.__N[0])||
(f6=!0))}),c4){var e4=c4.call(this,n4,t4,r4);return i5?e4||f6:e4}return!i5||f6}}return f5.__}function F2(n3,u4){var i4=y2(t2++,4);!a2.__s&&E2(i4.__H,u4)&&(i4.__P=!1,i4.__=n3,i4.u=u4,r2.__h.push(
i4))}function T2(n3){return f2=5,w2(function(){return{current:n3}},[])}function w2(n3,r4){var u4=y2(t2++,7);return E2(u4.__H,r4)&&(u4.__=n3(),u4.__H=r4),u4.__}function g2(){var n3;do{for(;n3=e2.shift();)try{C2(n3)}catch(t5){a2.__e(t5,{__:(n3=n3.__P)&&n3.__v})}
for(;n3=c2.shift();){var t4=n3.__H;if(n3.__P&&t4)try{t4.__h.some(C2),t4.__h.some(D2),t4.__h=[]}catch(r4){
t4.__h=[],a2.__e(r4,n3.__v)}}}while(e2.length)}a2.__b=function(n3){r2=null,v2&&v2(n3)},a2.__=function(n3,t4){
n3&&t4.__k&&t4.__k.__m&&(n3.__m=t4.__k.__m),p2&&p2(n3,t4)},a2.__r=function(n3){l2&&l2(n3),t2=0;var i4=(r2=
n3.__c).__H;i4&&(u2==r2?r2.__h=[]:(i4.__h.some(C2),i4.__h.some(D2),t2=0),i4.__h=[],i4.__.some(function(n4){
n4.__N&&(n4.__=n4.__N),n4.u=n4.__N=void 0})),u2=r2},a2.diffed=function(n3){m2&&m2(n3);var t4=n3.__c;
t4&&t4.__H&&(t4.__H.__h.length&&B2(c2.push(t4)),t4.__H.__.some(function(n4){n4.u&&(n4.__H=n4.u)})),u2=
r2=null},a2.__c=function(n3,t4){t4.some(function(n4){try{n4.__h.some(C2),n4.__h=n4.__h.filter(function(n5){
return!n5.__||D2(n5)})}catch(t5){n4.__h=[function(){throw t5}]}}),h2&&h2(n3,t4)},a2.unmount=function(n3){
s2&&s2(n3);var t4,r4,u4=n3.__c;u4&&u4.__H&&(u4.__H.__.some(function(u5){try{if(u5.__P&&u5.__c){if(r4===
void 0){for(r4=n3.__;r4&&(!r4.__c||!r4.__c.__P);)r4=r4.__;r4=r4&&r4.__c}u5.__P=r4,B2(e2.push(u5))}else
C2(u5)}catch(n4){t4=n4}}),u4.__H=void 0,t4&&a2.__e(t4,u4.__v))};var k2=typeof requestAnimationFrame==
"function";function z2(n3){var t4,r4=function(){clearTimeout(u4),k2&&cancelAnimationFrame(t4),setTimeout(
n3)},u4=setTimeout(r4,35);k2&&(t4=requestAnimationFrame(r4))}function B2(n3){n3!=1&&i2==a2.requestAnimationFrame||
((i2=a2.requestAnimationFrame)||z2)(g2)}function C2(n3){var t4=r2,u4=n3.__c;typeof u4=="function"&&(n3.
__c=void 0,u4()),r2=t4}function D2(n3){var t4=r2;n3.__c=n3.__(),r2=t4}function E2(n3,t4){return!n3||
n3.length!=t4.length||t4.some(function(t5,r4){return!o2(t5,n3[r4])})}function G2(n3,t4){return typeof t4==
"function"?t4(n3):t4}var i3=Symbol.for("preact-signals");function t3(){if(v3>1)v3--;else{var i4,t4=!1;for((function(){var i5=c3;
for(c3=void 0;i5!==void 0;){var t5=i5.S;if(t5.v===i5.v)for(var r5=t5.t;r5!==void 0;r5=r5.x)r5.i===i5.
i&&(r5.i=t5.i);i5=i5.o}})();h3!==void 0;){var r4=h3;for(h3=void 0,s3++;r4!==void 0;){var n3=r4.u;if(r4.
u=void 0,r4.f&=-3,!(8&r4.f)&&w3(r4))try{r4.c()}catch(r5){t4||(i4=r5,t4=!0)}r4=n3}}if(s3=0,v3--,t4)throw i4}}
function r3(i4){if(v3>0)return i4();u3=++e3,v3++;try{return i4()}finally{t3()}}var n2,o3=void 0;function f3(i4){
var t4=o3,r4=n2;o3=void 0,n2=void 0;try{return i4()}finally{o3=t4,n2=r4}}var h3=void 0,v3=0,s3=0,e3=0,
u3=0,c3=void 0,a3=0;function d3(i4){if(o3!==void 0){var t4=i4.n;if(t4===void 0||t4.t!==o3)return t4=
{i:0,S:i4,p:o3.s,n:void 0,t:o3,e:void 0,x:void 0,r:t4},o3.s!==void 0&&(o3.s.n=t4),o3.s=t4,i4.n=t4,32&
o3.f&&i4.S(t4),t4;if(t4.i===-1)return t4.i=0,t4.n!==void 0&&(t4.n.p=t4.p,t4.p!==void 0&&(t4.p.n=t4.n),
t4.p=o3.s,t4.n=void 0,o3.s.n=t4,o3.s=t4),t4}}function l3(i4,t4){this.v=i4,this.i=0,this.n=void 0,this.
t=void 0,this.l=0,this.W=t4?.watched,this.Z=t4?.unwatched,this.name=t4?.name}l3.prototype.brand=i3;l3.
prototype.h=function(){return!0};l3.prototype.S=function(i4){var t4=this,r4=this.t;r4!==i4&&i4.e===void 0&&
(i4.x=r4,this.t=i4,r4!==void 0?r4.e=i4:f3(function(){var i5;(i5=t4.W)==null||i5.call(t4)}))};l3.prototype.
U=function(i4){var t4=this;if(this.t!==void 0){var r4=i4.e,n3=i4.x;r4!==void 0&&(r4.x=n3,i4.e=void 0),
n3!==void 0&&(n3.e=r4,i4.x=void 0),i4===this.t&&(this.t=n3,n3===void 0&&f3(function(){var i5;(i5=t4.
Z)==null||i5.call(t4)}))}};l3.prototype.subscribe=function(i4){var t4=this;return x2(function(){var r4=t4.
value;f3(function(){return i4(r4)})},{name:"sub"})};l3.prototype.valueOf=function(){return this.value};
l3.prototype.toString=function(){return this.value+""};l3.prototype.toJSON=function(){return this.value};
l3.prototype.peek=function(){var i4=this;return f3(function(){return i4.value})};Object.defineProperty(
l3.prototype,"value",{get:function(){var i4=d3(this);return i4!==void 0&&(i4.i=this.i),this.v},set:function(i4){
if(i4!==this.v){if(s3>100)throw new Error("Cycle detected");(function(i5){v3!==0&&s3===0&&i5.l!==u3&&
(i5.l=u3,c3={S:i5,v:i5.v,i:i5.i,o:c3})})(this),this.v=i4,this.i++,a3++,v3++;try{for(var r4=this.t;r4!==
void 0;r4=r4.x)r4.t.N()}finally{t3()}}}});function y3(i4,t4){return new l3(i4,t4)}function w3(i4){for(var t4=i4.
s;t4!==void 0;t4=t4.n)if(t4.S.i!==t4.i||!t4.S.h()||t4.S.i!==t4.i)return!0;return!1}function b(i4){for(var t4=i4.
s;t4!==void 0;t4=t4.n){var r4=t4.S.n;if(r4!==void 0&&(t4.r=r4),t4.S.n=t4,t4.i=-1,t4.n===void 0){i4.s=
t4;break}}}function _3(i4){for(var t4=i4.s,r4=void 0;t4!==void 0;){var n3=t4.p;t4.i===-1?(t4.S.U(t4),
n3!==void 0&&(n3.n=t4.n),t4.n!==void 0&&(t4.n.p=n3)):r4=t4,t4.S.n=t4.r,t4.r!==void 0&&(t4.r=void 0),
t4=n3}i4.s=r4}function j2(i4,t4){l3.call(this,void 0,t4),this.x=i4,this.s=void 0,this.g=a3-1,this.f=
4}j2.prototype=new l3;j2.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;if((36&this.f)==32||
(this.f&=-5,this.g===a3))return!0;if(this.g=a3,this.f|=1,this.i>0&&!w3(this))return this.f&=-2,!0;var i4=o3;
try{b(this),o3=this;var t4=this.x();(16&this.f||this.v!==t4||this.i===0)&&(this.v=t4,this.f&=-17,this.
i++)}catch(i5){this.v=i5,this.f|=16,this.i++}return o3=i4,_3(this),this.f&=-2,!0};j2.prototype.S=function(i4){
if(this.t===void 0){this.f|=36;for(var t4=this.s;t4!==void 0;t4=t4.n)t4.S.S(t4)}l3.prototype.S.call(
this,i4)};j2.prototype.U=function(i4){if(this.t!==void 0&&(l3.prototype.U.call(this,i4),this.t===void 0)){
this.f&=-33;for(var t4=this.s;t4!==void 0;t4=t4.n)t4.S.U(t4)}};j2.prototype.N=function(){if(!(2&this.
f)){this.f|=6;for(var i4=this.t;i4!==void 0;i4=i4.x)i4.t.N()}};Object.defineProperty(j2.prototype,"v\
alue",{get:function(){if(1&this.f)throw new Error("Cycle detected");var i4=d3(this);if(this.h(),i4!==
void 0&&(i4.i=this.i),16&this.f)throw this.v;return this.v}});function O(i4,t4){return new j2(i4,t4)}
function p3(i4){var r4=i4.j;if(i4.j=void 0,typeof r4=="function"){v3++;var n3=o3;o3=void 0;try{r4()}catch(t4){
throw i4.f&=-2,i4.f|=8,g3(i4),t4}finally{o3=n3,t3()}}}function g3(i4){for(var t4=i4.s;t4!==void 0;t4=
t4.n)t4.S.U(t4);i4.x=void 0,i4.s=void 0,p3(i4)}function S2(i4){if(o3!==this)throw new Error("Out-of-\
order effect");_3(this),o3=i4,this.f&=-2;try{8&this.f&&g3(this)}finally{t3()}}function m3(i4,t4){this.
x=i4,this.j=void 0,this.s=void 0,this.u=void 0,this.f=32,this.name=t4?.name,n2&&n2.push(this)}m3.prototype.
c=function(){var i4=this.S();try{if(8&this.f||this.x===void 0)return;var t4=this.x();typeof t4=="fun\
ction"&&(this.j=t4)}finally{i4()}};m3.prototype.S=function(){if(1&this.f)throw new Error("Cycle dete\
cted");this.f|=1,this.f&=-9,p3(this),b(this),v3++;var i4=o3;return o3=this,S2.bind(this,i4)};m3.prototype.
N=function(){2&this.f||(this.f|=2,this.u=h3,h3=this)};m3.prototype.d=function(){this.f|=8,1&this.f||
g3(this)};m3.prototype.dispose=function(){this.d()};function x2(i4,t4){var r4=new m3(i4,t4);try{r4.c()}catch(i5){
throw r4.d(),i5}var n3=r4.d.bind(r4);return n3[Symbol.dispose]=n3,n3}var h4,d4,p4,m4=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var g4=[];x2(function(){h4=this.N})();function b2(i4,n3){n[i4]=n3.bind(null,n[i4]||function(){})}function y4(i4){
if(p4){var n3=p4;p4=void 0,n3()}p4=i4&&i4.S()}function w4(i4){var n3=this,r4=i4.data,t4=useSignal(r4);
t4.name="ReactiveDom",t4.value=r4;var e4=w2(function(){for(var i5=n3,r5=n3.__v;r5=r5.__;)if(r5.__c){
r5.__c.__$f|=4;break}var o5=O(function(){var i6=t4.value.value;return i6===0?0:i6===!0?"":i6||""}),e5=O(
function(){return!Array.isArray(o5.value)&&!r(o5.value)}),u5=x2(function(){if(this.N=M,e5.value){var n4=o5.
value;i5.__v&&i5.__v.__e&&i5.__v.__e.nodeType===3&&(i5.__v.__e.data=n4)}}),c5=n3.__$u.d;return n3.__$u.
d=function(){u5(),c5.call(this)},[e5,o5]},[]),u4=e4[0],c4=e4[1];return u4.value?c4.peek():c4.value}w4.
displayName="ReactiveTextNode";Object.defineProperties(l3.prototype,{constructor:{configurable:!0,value:k(
$,null).constructor},type:{configurable:!0,value:w4},props:{configurable:!0,get:function(){var i4=this;
return{data:{get value(){return i4.value}}}}},__b:{configurable:!0,value:1}});b2("__b",function(i4,n3){
if(y4(),d4=void 0,typeof n3.type=="string"){var r4,t4=n3.props;for(var f5 in t4)if(f5!=="children"){
var o5=t4[f5];o5 instanceof l3&&(r4||(n3.__np=r4={}),r4[f5]=o5,t4[f5]=o5.peek())}}i4(n3)});b2("__r",
function(i4,r4){if(i4(r4),r4.type!==$){y4();var t4,f5=r4.__c;f5&&(f5.__$f&=-2,(t4=f5.__$u)===void 0&&
(f5.__$u=t4=(function(i5,n3){var r5;return x2(function(){r5=this},{name:n3}),r5.c=i5,r5})((function(i5){
return function(){var n3;m4&&((n3=this.y)==null||n3.call(this)),i5.__$f|=1,i5.setState({})}})(f5),typeof r4.
type=="function"?r4.type.displayName||r4.type.name:""))),d4=f5,y4(t4)}});b2("__e",function(i4,n3,r4,t4){
y4(),d4=void 0,i4(n3,r4,t4)});b2("diffed",function(i4,n3){y4(),d4=void 0;var r4;if(typeof n3.type=="\
string"&&(r4=n3.__e)){var t4=n3.__np,f5=n3.props,o5=r4.U;if(o5)for(var e4 in o5){var u4=o5[e4];u4===
void 0||t4&&e4 in t4||(u4.d(),o5[e4]=void 0)}if(t4){o5||(o5={},r4.U=o5);for(var a5 in t4){var c4=o5[a5],
v4=t4[a5];c4===void 0?(c4=k3(r4,a5,v4,f5),o5[a5]=c4):c4.o(v4,f5)}}}i4(n3)});function k3(i4,n3,r4,t4){
var f5=n3 in i4&&i4.ownerSVGElement===void 0,o5=y3(r4);return{o:function(i5,n4){o5.value=i5,t4=n4},d:x2(
function(){this.N=M;var r5=o5.value.value;t4[n3]!==r5&&(t4[n3]=r5,f5?i4[n3]=r5:r5!=null&&(r5!==!1||n3[4]===
"-")?i4.setAttribute(n3,r5):i4.removeAttribute(n3))})}}b2("unmount",function(i4,n3){if(typeof n3.type==
"string"){var r4=n3.__e;if(r4){var t4=r4.U;if(t4){r4.U=void 0;for(var f5 in t4){var o5=t4[f5];o5&&o5.
d()}}}var e4=n3.__np;if(e4){var u4=n3.props;for(var a5 in e4)u4[a5]=e4[a5]}n3.__np=void 0}else{var c4=n3.
__c;if(c4){c4.__$f|=8;var v4=c4.__$u;v4&&(c4.__$u=void 0,v4.d())}}i4(n3)});b2("__h",function(i4,n3,r4,t4){
t4<3&&(n3.__$f|=2),i4(n3,r4,t4)});x.prototype.shouldComponentUpdate=function(i4,n3){if(this.__R)return!0;
var r4=this.__$u,t4=r4&&r4.s!==void 0;for(var f5 in n3)return!0;if(this.__f||typeof this.u=="boolean"&&
this.u===!0){var o5=2&this.__$f;if(!(t4||o5||4&this.__$f)||1&this.__$f)return!0}else if(!(t4||4&this.
__$f)||3&this.__$f)return!0;for(var e4 in i4)if(e4!=="__source"&&i4[e4]!==this.props[e4])return!0;for(var u4 in this.
props)if(!(u4 in i4))return!0;return!1};function useSignal(i4,n3){return w2(function(){return y3(i4,
n3)},[])}function useComputed(i4,n3){var r4=T2(i4);return r4.current=i4,d4.__$f|=4,w2(function(){return O(
function(){return r4.current()},n3)},[])}var A3=function(i4){queueMicrotask(function(){queueMicrotask(i4)})};function F3(){r3(function(){for(var i4;i4=g4.shift();)h4.call(i4)})}function M(){g4.push(this)===1&&
(n.requestAnimationFrame||A3)(F3)}var pad=n3=>String(n3).padStart(2,"0");function fieldValue(wallMs){let d5=new Date(wallMs);return`${`${d5.
getFullYear()}-${pad(d5.getMonth()+1)}-${pad(d5.getDate())}`}T${pad(d5.getHours())}:${pad(d5.getMinutes())}`}
var NOTHING_SAVED="Nothing was saved yet";function problemOf({wallMs,minutes,note},latestMs){if(!(wallMs>=
-22e11))return`The day or the time is missing. ${NOTHING_SAVED}; choose when you did the set.`;if(wallMs>
latestMs)return`That is in the future. ${NOTHING_SAVED}; choose a time that has passed.`;if(minutes!==
null&&!(minutes>=0&&minutes<=600))return`The minutes must be from 0 to 600, or left empty. ${NOTHING_SAVED}\
; correct them.`;let characters=[...note].length;return characters>4e3?`The note has ${characters} c\
haracters, and room for 4000. ${NOTHING_SAVED}; shorten it.`:/[\0\p{Cs}]/u.test(note)?`The note has \
a character that cannot be stored. ${NOTHING_SAVED}; remove it.`:""}var f4=Symbol.for("pv"),o4=0;function a4(t4,e4,n3,u4,a5,i4){e4||(e4={});var c4,l4,p5=e4;if("ref"in p5&&typeof t4!="function")for(l4 in p5=
{},e4)l4=="ref"?c4=e4[l4]:p5[l4]=e4[l4];var s4={type:t4,props:p5,key:n3,ref:c4,__k:null,__:null,__b:0,
__e:null,__c:null,constructor:f4,__v:--o4,__i:-1,__u:0};return(a5||i4)&&(s4.__source=a5,s4.__self=i4),
n.vnode&&n.vnode(s4),s4}var ONCE_MS=500;function Button({look="",type="button",...props}){return a4("button",{type,class:`bc\
-button ${look}`.trim(),ref:props.at,onClick:props.onPress,hidden:props.isHidden,disabled:props.isDisabled,
"aria-disabled":props.isHeld||void 0,"aria-label":props.label,"aria-pressed":props.isPressed,"aria-e\
xpanded":props.isExpanded,children:props.children})}function useOnce(press){let isHeld=useSignal(!1),
latest=T2(-1/0),rest=()=>latest.current+ONCE_MS-performance.now();async function once(event){if(latest.
current=performance.now(),!isHeld.value){isHeld.value=!0;try{for(await press(event);rest()>0;)await new Promise(
rested=>setTimeout(rested,rest()))}finally{isHeld.value=!1}}}return{press:once,isHeld:isHeld.value}}
function WriteButton({onPress,...props}){let{press,isHeld}=useOnce(event=>onPress?.(event));return a4(
Button,{...props,onPress:press,isHeld})}function guardClicks(root){let last={button:null,x:NaN,y:NaN,
at:NaN};function onClick(event){let{clientX:x3,clientY:y5,timeStamp:at,detail}=event,button=event.target instanceof
Element?event.target.closest("button"):null,isNear=Math.hypot(x3-last.x,y5-last.y)<10&&at-last.at<ONCE_MS;
detail>0&&isNear&&button!==null&&button!==last.button?(event.preventDefault(),event.stopPropagation(),
last.at=at):last={button,x:x3,y:y5,at}}return root.addEventListener("click",onClick,{capture:!0}),()=>root.
removeEventListener("click",onClick,{capture:!0})}function Stepper({label,value,low,high,step:step2=1,
...props}){let change=by=>props.onChange(Math.min(high,Math.max(low,value+by)));return a4("div",{class:"\
bc-stepper",role:"group","aria-label":label,hidden:props.isHidden,children:[a4("span",{class:"bc-ste\
pper__label",children:label}),a4("span",{class:"bc-stepper__ends",children:[a4(Button,{label:`${label}\
: less`,isHeld:value<=low,onPress:()=>change(-step2),children:"−"}),a4("output",{class:"bc-stepper\
__value",children:props.words?.(value)??value}),a4(Button,{label:`${label}: more`,isHeld:value>=high,
onPress:()=>change(step2),children:"+"})]}),props.name&&a4("input",{type:"hidden",name:props.name,value})]})}
function Choice({label,name,options,value,onChange:onChange2,isHidden}){return a4("label",{hidden:isHidden,
children:[label,a4("select",{class:"bc-field",name,onChange:e4=>onChange2?.(e4.currentTarget.value),
children:options.map(([each,words])=>a4("option",{value:each,selected:each===value,children:words},each))})]})}
var RATINGS=[["","not given"],...Array.from({length:11},(_4,n3)=>[String(n3),String(n3)])];function SetFields({
set:set2,hidesPain}){let repetitions=useSignal(set2.repetitions_done),latest=fieldValue(Date.now());
return a4($,{children:[a4("label",{children:["When did you start?",a4("input",{class:"bc-field",type:"\
datetime-local",name:"when",required:!0,max:latest,defaultValue:set2.when??latest})]}),a4(Stepper,{label:"\
Repetitions done",name:"repetitions_done",value:repetitions.value,low:Math.min(1,set2.repetitions_done),
high:Math.max(20,set2.repetitions_done),onChange:value=>repetitions.value=value}),a4("label",{children:[
"How many minutes did it take? (optional)",a4("input",{class:"bc-field",type:"number",name:"minutes",
min:0,max:600,step:"any",defaultValue:set2.minutes?.toString()})]}),a4(Choice,{label:"Pain before, 0\
 to 10",name:"pain_before",options:RATINGS,value:String(set2.pain_before??""),isHidden:hidesPain}),a4(
Choice,{label:"Pain after, 0 to 10",name:"pain_after",options:RATINGS,value:String(set2.pain_after??
""),isHidden:hidesPain}),a4("label",{children:["Note (optional; stays in your log)",a4("textarea",{class:"\
bc-field",name:"note",rows:2,maxLength:9e3,defaultValue:set2.note})]})]})}function readSet(form){let data=new FormData(
form),text=name=>String(data.get(name)??""),number=name=>text(name)===""?null:Number(text(name)),minutes=form.
elements.namedItem("minutes");return{when:text("when"),wallMs:Date.parse(text("when")),minutes:minutes.
validity.badInput?NaN:number("minutes"),repetitions_done:Number(text("repetitions_done")),pain_before:number(
"pain_before"),pain_after:number("pain_after"),note:text("note")}}var SUPPRESS="data-lm-suppress-shortcuts",isForHost=event=>event.key==="Escape"||event.ctrlKey||event.
metaKey;function guardKeys(root){let asTheySink=event=>{let{target}=event;!(target instanceof Element)||
!root.contains(target)||(isForHost(event)?target.removeAttribute(SUPPRESS):target.setAttribute(SUPPRESS,
"true"),event.repeat&&event.key==="Enter"&&target.closest("button, summary")&&event.preventDefault())},
asTheyBubble=event=>{isForHost(event)||event.stopPropagation()};return window.addEventListener("keyd\
own",asTheySink,{capture:!0}),root.addEventListener("keydown",asTheyBubble),()=>{window.removeEventListener(
"keydown",asTheySink,{capture:!0}),root.removeEventListener("keydown",asTheyBubble)}}var ORIGIN=[0,0,0],add=(a5,b3,k4=1)=>[a5[0]+k4*b3[0],a5[1]+k4*b3[1],a5[2]+k4*b3[2]],dot=(a5,b3)=>a5[0]*
b3[0]+a5[1]*b3[1]+a5[2]*b3[2],mix=(a5,b3,t4)=>add(a5,add(b3,a5,-1),t4);function unit(a5){let length=Math.
hypot(...a5)||1;return[a5[0]/length,a5[1]/length,a5[2]/length]}var across=(a5,b3)=>unit(add(a5,b3,-dot(
a5,b3))),frame=(a5,b3)=>[a5,b3,[a5[1]*b3[2]-a5[2]*b3[1],a5[2]*b3[0]-a5[0]*b3[2],a5[0]*b3[1]-a5[1]*b3[0]]],
axesOf=([w5,x3,y5,z3])=>frame([1-2*(y5*y5+z3*z3),2*(x3*y5+w5*z3),2*(x3*z3-w5*y5)],[2*(x3*y5-w5*z3),1-
2*(x3*x3+z3*z3),2*(y5*z3+w5*x3)]);function twoBones(from,target,pole,upper,lower){let line=add(target,
from,-1),towards=unit(line),least=Math.abs(upper-lower)+1e-4,reach=Math.min(Math.max(Math.hypot(...line),
least),upper+lower-1e-4),a5=(reach*reach+upper*upper-lower*lower)/(2*reach),aside=Math.sqrt(Math.max(
0,upper*upper-a5*a5));return[add(add(from,towards,a5),across(pole,towards),aside),add(from,towards,reach)]}
var slope=(d5,e4)=>d5*e4>0?2*d5*e4/(d5+e4):0;function between(way,t4){let last=way.length-1;if(last<
1)return way[0];let i4=Math.min(Math.floor(t4*last),last-1),u4=t4*last-i4,[from,to]=[way[i4],way[i4+
1]],[before,after]=[way[i4-1]??from,way[i4+2]??to],pose={};for(let name of Object.keys(from)){let value=from[name].
map((v4,k4)=>{let step2=to[name][k4]-v4,start=slope(v4-before[name][k4],step2),end=slope(step2,after[name][k4]-
to[name][k4]);return v4+step2*u4*u4*(3-2*u4)+u4*(1-u4)*(start*(1-u4)-end*u4)}),length=Math.hypot(...value);
pose[name]=value.length===4?value.map(v4=>v4/length):value}return pose}var SIDES=[["R",1],["L",-1]];
function joints(pose,body){let given=name=>pose[name],turned=name=>axesOf(pose[name]),[hips,chest,head]=[
turned("hips"),turned("chest"),turned("head")],pelvis=given("pelvis"),waist=add(pelvis,hips[2],body.
lower_trunk),neck=add(waist,chest[2],body.upper_trunk),skull=add(add(neck,mix(chest[2],head[2],.5),body.
neck),head[2],body.head),points={origin:ORIGIN,pelvis,waist,neck,skull},axes={upright:axesOf([1,0,0,
0]),hips,chest,head};for(let[s4,out]of SIDES){let collar=add(neck,chest[2],-body.shoulder_drop),shoulder=add(
collar,chest[0],out*body.half_shoulders),hip=add(pelvis,hips[0],out*body.half_hips),pole=given(`elbo\
w${s4}`),arm=twoBones(shoulder,given(`hand${s4}`),pole,body.upper_arm,body.forearm),leg=twoBones(hip,
given(`ankle${s4}`),given(`knee${s4}`),body.thigh,body.shin),[elbow,wrist,knee,ankle]=[...arm,...leg],
fingers=unit(add(unit(add(wrist,elbow,-1)),given(`wrist${s4}`))),palm=add(wrist,fingers,body.hand/2),
found={shoulder,elbow,wrist,palm,hip,knee,ankle};for(let[name,point]of Object.entries(found))points[name+
s4]=point;axes[`hand${s4}`]=frame(fingers,across(add(ORIGIN,pole,-1),fingers));let toes=unit(given(`\
toes${s4}`)),sole=across(add(ankle,knee,-1),toes);axes[`foot${s4}`]=[toes,frame(sole,toes)[2],sole]}
return{points,axes}}var radians=degrees=>degrees*Math.PI/180;function camera(azimuth,elevation){let[a5,e4]=[radians(azimuth),
radians(elevation)],[sa,ca,se,ce]=[Math.sin(a5),Math.cos(a5),Math.sin(e4),Math.cos(e4)];return{right:[
-ca,sa,0],down:[sa*se,ca*se,-ce],near:[sa*ce,ca*ce,se]}}function flatten({hulls},found,cam,flat=1){let lower=([
x3,y5,z3])=>[x3,y5,z3*flat],ellipse=egg=>{let along=found.axes[egg.in],on=mix(found.points[egg.at],found.
points[egg.to],egg.share),centre=lower(egg.by.reduce((p5,v4,i4)=>add(p5,along[i4],v4),on)),[xx,xy,yy]=ORIGIN;
along.forEach((axis,i4)=>{let half=lower(axis),x4=dot(half,cam.right)*egg.half[i4],y6=dot(half,cam.down)*
egg.half[i4];xx+=x4*x4,xy+=x4*y6,yy+=y6*y6});let[x3,y5,z3]=[dot(centre,cam.right),dot(centre,cam.down),
dot(centre,cam.near)];return{x:x3,y:y5,z:z3,xx,xy,yy,r:Math.sqrt((xx+yy)/2)}};return hulls.map(hull=>hull.
map(ellipse))}var COMPASS=Array.from({length:36},(_4,i4)=>camera(10*i4,0).right);function outline(hulls,{
scale,x0,y0},size=1,shift=0){let path="";for(let hull of hulls)COMPASS.forEach(([dx,dy],i4)=>{let[best,
px,py]=[-1/0,0,0];for(let{x:x3,y:y5,xx,xy,yy,r:r4}of hull){let k4=size/(Math.sqrt(xx*dx*dx+2*xy*dx*dy+
yy*dy*dy)||1),ex=x3-.5*shift*r4+k4*(xx*dx+xy*dy),ey=y5-shift*r4+k4*(xy*dx+yy*dy),far=ex*dx+ey*dy;far>
best&&([best,px,py]=[far,ex,ey])}path+=`${i4?"L":"M"}${Math.round(x0+scale*px)} ${Math.round(y0+scale*
py)}`}),path+="Z";return path}var samples=hulls=>hulls.flatMap(hull=>hull.flatMap((a5,i4)=>{let b3=hull[i4+
1];return b3?[0,.25,.5,.75].map(t4=>[a5.x+t4*(b3.x-a5.x),a5.y+t4*(b3.y-a5.y),a5.z+t4*(b3.z-a5.z),a5.
r+t4*(b3.r-a5.r)]):[[a5.x,a5.y,a5.z,a5.r]]}));function nearer(a5,b3){let[sum,n3]=[0,0];for(let[x3,y5,
z3,r4]of a5)for(let p5 of b3)(x3-p5[0])**2+(y5-p5[1])**2<.64*(r4+p5[3])**2&&(sum+=z3-p5[2],n3+=1);return n3&&
sum/n3}function drawingOrder(flat){let points=flat.map(samples),depth=points.map(part=>part.reduce((sum,p5)=>sum+
p5[2],0)/part.length),left=[...flat.keys()].sort((a5,b3)=>depth[a5]-depth[b3]),over=points.map((a5,i4)=>points.
map((b3,k4)=>k4<i4?nearer(a5,b3):0));over.forEach((row,i4)=>{for(let k4=i4+1;k4<row.length;k4+=1)row[k4]=
-over[k4][i4]});let order=[];for(;left.length;){let free=left.findIndex(i4=>left.every(k4=>over[i4][k4]<=
0));order.push(...left.splice(Math.max(0,free),1))}return order}var[WIDE,HIGH]=[4800,3e3];function set(el,name,value){el.getAttribute(name)!==value&&el.setAttribute(
name,value)}function drawing(svg,{body,parts,ground}){let elements=[...svg.children],base=elements.slice(
0,ground.length),shadow=elements[ground.length],slots=elements.slice(ground.length+1).map(slot=>{let[
whole,lit,text]=slot.children;return{slot,whole,lit,text,letter:text.firstChild}});return function(pose,[
turn,tilt]=[0,0]){let[azimuth,elevation,x3,y5,z3,height]=pose.camera,cam=camera(azimuth+turn,Math.min(
88,Math.max(3,elevation+tilt))),scale=HIGH/height,x0=WIDE/2-scale*dot([x3,y5,z3],cam.right),y0=HIGH/
2-scale*dot([x3,y5,z3],cam.down),found=joints(pose,body),trace=(path,hulls,size,shift)=>set(path,"d",
outline(hulls,{scale,x0,y0},size,shift));base.forEach((path,i4)=>trace(path,flatten(ground[i4],found,
cam))),trace(shadow,parts.flatMap(part=>flatten(part,found,cam,0)));let flat=parts.map(part=>flatten(
part,found,cam));drawingOrder(flat).forEach((i4,k4)=>{let{tone,mark}=parts[i4],{slot,whole,lit,text,
letter}=slots[k4];if(set(slot,"data-tone",tone),trace(whole,flat[i4]),trace(lit,flat[i4],.74,.18),letter.
data!==mark&&(letter.data=mark),!mark)return;let[p5,q2]=[flat[i4][0][1],flat[i4][0].at(-1)];set(text,
"x",`${Math.round(x0+scale*(p5.x+q2.x)/2)}`),set(text,"y",`${Math.round(y0+scale*(p5.y+q2.y)/2+40)}`)})}}
function Picture({scene,onReady,...attributes}){let svg=T2(null);return F2(()=>{onReady(drawing(svg.
current,scene))},[scene]),a4("svg",{viewBox:`0 0 ${WIDE} ${HIGH}`,...attributes,ref:svg,children:[scene.
ground.map(({tone})=>a4("path",{"data-tone":tone})),a4("path",{"data-tone":"shadow"}),scene.parts.map(
()=>a4("g",{children:[a4("path",{}),a4("path",{}),a4("text",{children:" "})]}))]})}var isUnderWay=({status})=>status==="running"||status==="paused"||status==="asleep",hasEnded=({status})=>status===
"finished"||status==="stopped"||status==="stopped_for_pain";function adjusted(stretches,times){let{get_ready_s,
hold_s,extra_move_s=0,open_hold_s}=times;return stretches.map(stretch=>{let{duration_s}=stretch,own={
prepare:get_ready_s??duration_s,move:duration_s===null?null:duration_s+extra_move_s,hold:duration_s===
null?null:hold_s??duration_s},longest_s=stretch.longest_s&&(open_hold_s??stretch.longest_s);return{...stretch,
duration_s:own[stretch.kind],longest_s}})}function fresh(stretches,now){return{status:"ready",stretches,
index:0,since:now.mono,pausedAt:null,seen:now,startedWall:now.wall,activeMs:0,gap:"stood still",gapMs:0,
done:stretches.map(()=>!1),id:""}}function shown(state){return state.stretches[state.index]}var isOpen=state=>shown(
state).duration_s===null;function durationMs(state){let{duration_s,longest_s}=shown(state);return 1e3*
(duration_s??longest_s??1/0)}function elapsedMs(state,now){return(state.status==="running"?now.mono:
state.pausedAt??state.since)-state.since}function remainingMs(state,now){return durationMs(state)-elapsedMs(
state,now)}function nextWakeMs(state,now){let left=remainingMs(state,now);return left%1e3||Math.min(
left,1e3)}function repetitionsDone(state){let whole=new Map;return state.stretches.forEach(({repetition},i4)=>{
repetition>0&&whole.set(repetition,(whole.get(repetition)??!0)&&state.done[i4])}),[...whole.values()].
filter(Boolean).length}function hasBegun(state){return state.stretches.some(({repetition},i4)=>repetition>
0&&state.done[i4])}var withDone=(state,from,to,value)=>state.done.map((was,i4)=>i4>=from&&i4<to?value:
was);function goTo(state,index,now){if(index>=state.stretches.length)return{...state,status:"finishe\
d",pausedAt:null};let pausedAt=state.pausedAt===null?null:now.mono;return{...state,index,since:now.mono,
pausedAt}}function gapOf(monoMs,wallMs){return Math.abs(wallMs-monoMs)<=2e3?"stood still":wallMs>monoMs?
"slept":"clock moved"}function passTime(state,now){if(state.status!=="running")return{...state,seen:now};
let monoMs=now.mono-state.seen.mono,wallMs=now.wall-state.seen.wall,asleep={...state,status:"asleep",
pausedAt:state.seen.mono,gap:gapOf(monoMs,wallMs),gapMs:Math.max(monoMs,wallMs),seen:now};if(monoMs>
1e4||Math.abs(wallMs-monoMs)>2e3)return asleep;let next={...state,seen:now};shown(state).kind!=="pre\
pare"&&(next.activeMs+=monoMs);for(let crossed=0;remainingMs(next,now)<=0;crossed+=1){if(crossed===1)
return asleep;if(next.done=withDone(next,next.index,next.index+1,!0),next.index+1===next.stretches.length)
return{...next,status:"finished"};next={...next,since:next.since+durationMs(next),index:next.index+1}}
return next}function takenUp(left,stretches,now){let{id,index,done,activeMs,startedWall}=left;return{
...fresh(stretches,now),id,index,done,activeMs,startedWall,status:"asleep",since:now.mono-left.elapsedMs,
pausedAt:now.mono,gap:"left",gapMs:now.wall-left.seenWall}}function step(before,event,now){let state=passTime(
before,now),{status,index}=state;switch(event.type){case"tick":return state;case"start":return status!==
"ready"?state:{...fresh(state.stretches,now),status:"running",id:event.id};case"pause":return status===
"running"?{...state,status:"paused",pausedAt:now.mono}:state;case"resume":return state.pausedAt===null||
!isUnderWay(state)?state:{...state,status:"running",since:state.since+now.mono-state.pausedAt,pausedAt:null};case"\
next":return status!=="running"||!isOpen(state)?state:goTo({...state,done:withDone(state,index,index+
1,!0)},index+1,now);case"skip":return isUnderWay(state)?goTo(state,index+1,now):state;case"back":{if(!isUnderWay(
state))return state;let to=elapsedMs(state,now)<2e3?Math.max(0,index-1):index;return goTo({...state,
done:withDone(state,to,1/0,!1)},to,now)}case"stop":case"hurts":{if(!isUnderWay(state))return state;let repetitions=Math.
max(...state.stretches.map(({repetition})=>repetition)),ended=repetitionsDone(state)===repetitions?"\
finished":"stopped";return{...state,status:event.type==="hurts"?"stopped_for_pain":ended}}case"claim":
return status==="asleep"?{...state,status:"finished",done:withDone(state,index,1/0,!0)}:state;case"a\
djust":return{...state,stretches:event.stretches};case"take":return status==="ready"?takenUp(event.left,
state.stretches,now):state;case"again":return hasEnded(state)?fresh(state.stretches,now):state}}function progress(state,now){let{kind,duration_s}=shown(state);return kind!=="move"||duration_s===null?
1:Math.min(1,Math.max(0,elapsedMs(state,now)/(1e3*duration_s)))}function wayNow(ways,state){return isUnderWay(
state)?ways[state.index]??ways[0]:ways.at(state.status==="finished"?-1:0).slice(-1)}var REST_MS=40,STRAIGHT=[0,0],TURNS={ArrowLeft:[-10,0],ArrowRight:[10,0],ArrowUp:[0,10],ArrowDown:[0,
-10]};function Figure({scene,state}){let{alt,poses,steps,ways}=scene,draw=T2(null),section=T2(null),
turned=useSignal(STRAIGHT),label=useComputed(()=>alt[wayNow(ways,state.value).at(-1)]),isStarted=useComputed(
()=>state.value.status!=="ready"),turn=by=>{turned.value=[turned.value[0]+by[0],turned.value[1]+by[1]]};
return F2(()=>{let still=matchMedia("(prefers-reduced-motion: reduce)"),[frame2,rest,isSeen]=[0,0,!0];
function show(){frame2=0;let now={mono:performance.now(),wall:Date.now()},t4=still.matches?1:progress(
state.value,now),way=wayNow(ways,state.value).map(name=>poses[name]);draw.current(between(way,t4),turned.
value),clearTimeout(rest),state.value.status==="running"&&t4<1&&isSeen&&(rest=window.setTimeout(ask,
REST_MS))}let ask=()=>{frame2||=requestAnimationFrame(show)},watcher=window.IntersectionObserver&&new IntersectionObserver(
entries=>{isSeen=entries.at(-1).isIntersecting,isSeen&&ask()});show(),watcher?.observe(section.current.
firstElementChild),still.addEventListener("change",ask);let endings=[state.subscribe(ask),turned.subscribe(
ask)];return()=>{endings.forEach(end=>end()),still.removeEventListener("change",ask),watcher?.disconnect(),
cancelAnimationFrame(frame2),clearTimeout(rest)}},[scene,state]),a4("section",{class:"bc bc-figure",
"aria-label":"The movement",ref:section,children:[a4(Picture,{scene,onReady:made=>draw.current=made,
role:"img",tabindex:0,"aria-label":label,onKeyDown:event=>{let by=TURNS[event.key];!by&&event.key!==
"Home"||(event.preventDefault(),by?turn(by):turned.value=STRAIGHT)},onDblClick:()=>turned.value=STRAIGHT,
onPointerDown:event=>event.currentTarget.setPointerCapture(event.pointerId),onPointerMove:event=>{event.
currentTarget.hasPointerCapture(event.pointerId)&&turn([event.movementX/2,event.movementY/2])}}),a4(
"p",{class:"bc-note",children:"Drag the picture, or use its arrow keys, to see it from another side;\
 double-click or Home turns it back."}),a4("ol",{class:"bc-figure__steps",hidden:isStarted,children:steps.
map(({pose,text})=>a4("li",{children:[a4(Picture,{scene,onReady:drawOnce=>drawOnce(poses[pose]),role:"\
img","aria-label":alt[pose]}),text]}))})]})}function FullScreen(){let here=T2(null),isFull=useSignal(!1),problem=useSignal(""),whole=()=>here.current?.
closest(".bc-session")??null;F2(()=>{let look=()=>{isFull.value=document.fullscreenElement!==null&&document.
fullscreenElement===whole()};return document.addEventListener("fullscreenchange",look),()=>document.
removeEventListener("fullscreenchange",look)},[]);async function toggle(){try{await(isFull.value?document.
exitFullscreen():whole()?.requestFullscreen())}catch{problem.value="This browser does not allow full\
 screen. The session goes on as it is; make the window larger instead."}}return a4("div",{class:"bc \
bc-stage",ref:here,children:[a4(Button,{onPress:toggle,children:isFull.value?"Leave the full screen":
"Full screen, to read from afar"}),a4("span",{class:"bc-note",role:"status",children:problem.value})]})}var hasDropped=y3(!1),shared=globalThis,unstored=shared.__backcareUnstored??=new Map,DEEPEST=2;function isShallow(value,depth=0){
return typeof value!="object"||value===null?!0:depth<=DEEPEST&&Object.values(value).every(each=>isShallow(
each,depth+1))}function read(key,isShape){let text=unstored.get(key)??null;try{text??=localStorage.getItem(
key)}catch{}if(text===null)return null;try{let value=JSON.parse(text);if(isShallow(value)&&isShape(value))
return value}catch{}return remove(key),hasDropped.value=!0,null}function write(key,value){let text=JSON.
stringify(value);try{if(localStorage.setItem(key,text),localStorage.getItem(key)!==text)throw new Error(
"not stored");return unstored.delete(key),!0}catch{return unstored.set(key,text),!1}}function remove(key){
unstored.delete(key);try{localStorage.removeItem(key)}catch{}}function keys(prefix){let found=[...unstored.
keys()];try{found.push(...Object.keys(localStorage))}catch{}return[...new Set(found)].filter(key=>key.
startsWith(prefix))}function isRecord(value){return typeof value=="object"&&value!==null&&!Array.isArray(
value)}var isNumber=value=>typeof value=="number"&&Number.isFinite(value),isText=value=>typeof value==
"string",isFlag=value=>typeof value=="boolean",orNull=check=>value=>value===null||check(value);var recordOf=fields=>value=>isRecord(value)&&Object.keys(value).every(name=>Object.hasOwn(fields,name))&&
Object.entries(fields).every(([name,check])=>check(value[name]));function useFocusAfter(root,next){let focused=document.activeElement,isOurs=focused!==null&&root.current?.
contains(focused);F2(()=>{isOurs&&(!focused.isConnected||focused.closest("[hidden]"))&&next()?.focus(
{preventScroll:!0})})}var isApp=()=>globalThis.document?.body.dataset.voila!==void 0,IN_THE_APP=[[/run the cell again/g,"l\
oad the page again"],[/Run the cell again/g,"Load the page again"],[/Log\.open\(\)\.restore\(\)/g,"“\
Bring back what is missing”, under “Your data”,"],[/doctor\(\)/g,"“Look the log over”, under “\
Your data”"],[/past\(\)/g,"the list of what you recorded"]];function saidHere(sentence){return isApp()?
IN_THE_APP.reduce((said,[code,words])=>said.replace(code,words),sentence):sentence}var GONE="the notebook's kernel has stopped or was restarted";function statusLine(standing){let{waiting,
isSaved,isDurable,isSlow,isGone,problem,notice}=standing,what=waiting===1?"1 entry is":`${waiting} e\
ntries are`,kept=isDurable?"kept in this browser":"kept only while this page is open",say=(tone,text)=>({
tone,text:saidHere(text)});return waiting&&isGone?say("warn",`Not saved yet: ${GONE}. ${what} ${kept}\
; run the cell again to save.`):waiting&&problem?say("warn",`Not saved yet: ${what} ${kept}. ${problem}`):
waiting&&isSlow?say("warn",`Not saved yet: the notebook is not answering. ${what} ${kept} and saved \
as soon as it answers; after a restart, run the cell again.`):waiting?say("","Saving…"):isSaved&&isGone?
say("","Saved in your log. Run the cell again before the next set."):isSaved?say("good","Saved in yo\
ur log."):isGone?say("warn",`Not connected: ${GONE}. The timer goes on, and what you do is ${kept}. \
When the set has ended, run the cell again to save it.`):say(notice?"warn":"",notice)}var DROPPED="Something that this browser had kept for the workbook could not be read, and was left o\
ut. What is in the log is not touched; if a set is missing, write it down below.",STAYS={add:"This s\
tays here until you put it away; you can write the set down again below.",edit:"This stays here unti\
l you put it away."};function nameOf(item){if(item.op==="edit")return"The pain after a set";let{started_at,
repetitions_done:done,repetitions_prescribed:all}=item.entry;return`The set of ${new Date(started_at).
toLocaleString([],{dateStyle:"medium",timeStyle:"short"})} (${done} of ${all} repetitions)`}function Saved({
session}){let{outbox,bridge,notice}=session,root=T2(null),{tone,text}=statusLine({waiting:outbox.waiting.
value.length,isSaved:outbox.isSaved.value,isDurable:outbox.isDurable.value,isSlow:outbox.isSlow.value,
isGone:bridge.isGone.value,problem:outbox.problem.value,notice:notice.value||(hasDropped.value?DROPPED:
"")});return useFocusAfter(root,()=>root.current.querySelector("button:not([hidden])")??root.current.
closest(".bc-session").querySelector(".bc-timer")),a4("div",{class:"bc-session__parts",ref:root,children:[
a4("div",{class:"bc bc-outbox","data-tone":tone,hidden:text==="",children:[a4("p",{class:"bc-outbox_\
_line",role:"status",children:text}),a4(Button,{onPress:session.retry,isHidden:tone!=="warn"||bridge.
isGone.value,children:"Try again"})]}),outbox.refused.value.map(item=>a4("div",{class:"bc bc-refused",
"data-tone":"warn",children:[a4("p",{role:"alert",children:[nameOf(item)," was not saved: ",item.refused,
" ",STAYS[item.op]]}),a4(Button,{onPress:()=>outbox.putAway(item),children:"Put away"})]},item.id))]})}var PATIENCE_MS=3e3,HELLO_MS=500,KNOCK_MS=5e3,STOPPED="The notebook's kernel has stopped or was rest\
arted. What is in the log is kept; run the cell again.",GARBLED="The notebook sent something that th\
is page does not understand. What is in the log is kept; run the cell again.",BUSY="The notebook is \
not answering. This will be done as soon as it answers; after a restart, run the cell again.";function momentOf(wallMs){
let when=new Date(wallMs);return{started_at:when.toISOString(),utc_offset_min:-when.getTimezoneOffset(),
tz:Intl.DateTimeFormat().resolvedOptions().timeZone??""}}function newId(){let bytes=crypto.getRandomValues(
new Uint8Array(16));return Array.from(bytes,byte=>byte.toString(16).padStart(2,"0")).join("")}function openBridge(model,answers){
let open=new Map,isGone=y3(!1),greetings=0;function settle(id,reply){let question=open.get(id);clearTimeout(
question?.slow),open.delete(id),question?.settle(reply.problem===void 0?reply:{...reply,problem:saidHere(
reply.problem)})}function send(message){try{model.send(message)}catch{lose()}}function lose(){isGone.
value=!0;for(let id of[...open.keys()])settle(id,{problem:STOPPED,isFinal:!1})}let hello=()=>send({id:newId(),
op:"hello",now:momentOf(Date.now())});function hear(content,buffers){if(!isRecord(content)||!isText(
content.id))return;isGone.value=!1,greetings+=1;let{id,problem,is_final:isFinal,...answer}=content;isText(
problem)?settle(content.id,{problem,isFinal:isFinal===!0}):open.get(content.id)?.isAnswer(answer)?settle(
content.id,{answer,buffers}):settle(content.id,{problem:GARBLED,isFinal:!1})}function onStatus(_4,status){
/starting|dead/.test(status)&&(lose(),hello())}let statusChanged=model.widget_manager?.kernel?.statusChanged;
statusChanged?.connect(onStatus),model.on("msg:custom",hear);let greeting=setInterval(()=>{greetings>=
2?clearInterval(greeting):hello()},HELLO_MS),knocking=setInterval(()=>isGone.value&&hello(),KNOCK_MS);
return{isGone,ask(op,question,onSlow){return new Promise(resolve=>{let id=newId();open.set(id,{isAnswer:answers[op],
settle:resolve,slow:onSlow&&setTimeout(onSlow,PATIENCE_MS,saidHere(BUSY))}),isGone.value?lose():send(
{...question,id,op,now:momentOf(Date.now())})})},end(){clearInterval(greeting),clearInterval(knocking),
statusChanged?.disconnect(onStatus),model.off("msg:custom",hear)}}}function ByHand({session}){let{about}=session.traits,said=useSignal(""),written=useSignal(0),isOpen2=useSignal(
!1),{press:write2,isHeld}=useOnce(event=>{let{when:_4,wallMs,minutes,...given}=readSet(event.target),
problem=problemOf({wallMs,minutes,note:given.note},Date.now());said.value=problem,!problem&&(session.
outbox.add({entry_id:newId(),exercise_id:about.exercise_id,...momentOf(wallMs),duration_s:minutes&&Math.
round(minutes*60),repetitions_prescribed:about.repetitions,outcome:"done",source:"manual",...given}),
written.value+=1,event.submitter?.focus(),said.value="Written down. You can add another one.")});return a4(
"section",{class:"bc bc-manual","aria-label":"Write down a set",children:a4("details",{onToggle:event=>isOpen2.
value=event.currentTarget.open,children:[a4("summary",{children:"Did a set away from the screen? Wri\
te it down"}),(isOpen2.value||written.value>0)&&a4("form",{class:"bc-form",noValidate:!0,onSubmit:event=>{
event.preventDefault(),write2(event)},children:[a4(SetFields,{set:{repetitions_done:about.repetitions},
hidesPain:session.pain.isHidden.value},written.value),a4(Button,{type:"submit",look:"bc-button--prim\
ary",isHeld,children:"Save this set"}),a4("p",{class:"bc-note",role:"status",children:a4("span",{children:said.
value},written.value)})]})]})})}var KEY="backcare:pain-hidden";function advice(moment,rating,before){return rating===null?"":moment===
"before"?rating>=6?"6 or more: rather breathe slowly, change your position, or take a short walk now\
. The exercise is there for you later.":rating>=4?"4 or 5: make every movement smaller and slower.":
"":before!==null&&rating-before>=2?"2 points or more above the start: leave out the next set, and do\
 half of it the time after.":""}function openPain(bridge,outbox,onProblem){let before=y3(null),after=y3(
null),entryId=y3(null),isHiddenHere=y3(read(KEY,isFlag)??!1),isHiddenInLog=y3(!1),isHidden=O(()=>isHiddenHere.
value||isHiddenInLog.value);return{given:{before,after},isHidden,isFollowed:O(()=>entryId.value!==null),
rate(moment,rating){let given=moment==="before"?before:after;given.value=given.peek()===rating?null:
rating;let entry_id=entryId.peek();moment==="after"&&entry_id&&outbox.edit({entry_id,pain_after:after.
peek()})},async hide(isHidden2){write(KEY,isHidden2),isHiddenHere.value=isHidden2,isHiddenInLog.value=
isHidden2;let reply=await bridge.ask("hide_pain",{hides_pain:isHidden2});reply.problem!==void 0&&!bridge.
isGone.peek()&&onProblem(reply.problem)},before:()=>isHidden.peek()?null:before.peek(),follow:entry=>entryId.
value=entry?.entry_id??null,forget(){before.value=null,after.value=null},recall:rating=>before.value=
rating,learn:isHidden2=>isHiddenInLog.value=isHidden2}}var QUESTIONS={before:"Pain in your back now, from 0 (no pain) to 10 (worst imaginable)? Only if you\
 like.",after:"And your pain now, after the set? Only if you like."},RATINGS2=Array.from({length:11},
(_4,rating)=>rating);function Pain({session}){let{pain,timer,gate}=session,isReady=timer.value.status===
"ready",isAsked=isReady||hasEnded(timer.value)&&pain.isFollowed.value,isHidden=pain.isHidden.value,moment=isReady?
"before":"after",given=pain.given[moment].value,root=T2(null),hides=T2(null),shows=T2(null);return useFocusAfter(
root,()=>(isHidden?shows:hides).current),a4("section",{class:"bc bc-pain","aria-label":"Pain rating",
hidden:gate.value!=="open"||!isAsked||isHidden&&!isReady,ref:root,children:[a4("fieldset",{hidden:isHidden,
children:[a4("legend",{children:QUESTIONS[moment]}),a4("div",{class:"bc-pain__scale",children:RATINGS2.
map(rating=>a4(WriteButton,{isPressed:given===rating,onPress:()=>pain.rate(moment,rating),children:rating},
rating))}),a4("div",{class:"bc-pain__ends","aria-hidden":"true",children:[a4("span",{children:"0 no \
pain"}),a4("span",{children:"10 worst imaginable"})]}),a4("p",{class:"bc-note",role:"status",children:advice(
moment,given,pain.given.before.value)||null}),a4(WriteButton,{look:"bc-link",at:hides,onPress:()=>{pain.
hide(!0)},children:"Hide this question for good"})]}),a4(WriteButton,{look:"bc-link",at:shows,isHidden:!isHidden,
onPress:()=>{pain.hide(!1)},children:"Show the question about pain again"})]})}var GRAVEST_FIRST=["emergency","not_yet","doctor","ask_first"];function verdictOf(ticked){return GRAVEST_FIRST.
find(group=>ticked.has(group))??"none"}var GATES={emergency:"shut",not_yet:"shut",doctor:"ask",ask_first:"\
ask",none:"open"};var COLUMNS=[[["emergency","Get help now, if any of these is new or came with the pain"],["not_yet",
"Not yet"]],[["doctor","See a doctor first"],["ask_first","Ask your doctor or physiotherapist first"]]];
function Signs({session,onOpen}){let{signs}=session.traits,{ticked,isListShown}=session,root=T2(null),
hasAnswered=T2(!1),found=verdictOf(new Set(ticked.value.values())),isAccepted=found!=="none"&&session.
gate.value==="open",page=isListShown.value?"open":isAccepted?"accepted":found;function go(gate,showsList){
isListShown.value=showsList,session.allow(gate),gate==="open"?onOpen():hasAnswered.current=!0}F2(()=>{
hasAnswered.current&&root.current?.focus({preventScroll:!0}),hasAnswered.current=!1});let clear=()=>{
ticked.value=new Map,go("ask",!0)};return a4("section",{class:"bc bc-signs","aria-label":"Warning si\
gns",tabIndex:-1,"data-verdict":page,ref:root,children:page==="open"?a4(Questions,{session,onAnswer:()=>go(
GATES[found],!1)}):a4(Answer,{advice:adviceOn(signs)[page],onClear:clear,onGoOn:()=>go("open",!1)})})}
function Questions({session,onAnswer}){let{signs}=session.traits,{ticked}=session,tick=(sign,group,isTicked)=>{
let now=new Map(ticked.value);isTicked?now.set(sign,group):now.delete(sign),ticked.value=now};return a4(
$,{children:[a4("h3",{children:"Before you start: does any of this apply to you?"}),a4("p",{children:"\
Back pain rarely has a dangerous cause, but these signs need help first. Tick what applies; nothing \
of it is stored."}),a4(Button,{look:"bc-button--primary",onPress:onAnswer,children:ticked.value.size?
"Go on with what I ticked":"None of these applies to me"}),a4("div",{class:"bc-signs__groups",children:COLUMNS.
map((groups,column)=>a4("div",{children:groups.filter(([group])=>signs[group].length).map(([group,legend])=>a4(
"fieldset",{children:[a4("legend",{children:legend}),signs[group].map(sign=>a4("label",{class:"bc-ch\
eck",children:[a4("input",{type:"checkbox",checked:ticked.value.has(sign),onChange:event=>tick(sign,
group,event.currentTarget.checked)}),a4("span",{children:sign})]},sign))]},group))},column))})]})}var adviceOn=signs=>({
emergency:{title:"Get help now",call:`Call ${signs.emergency_numbers}, or go to an emergency departm\
ent.`,text:"You ticked a sign that needs to be seen at once. Do not exercise now. Tell them what you\
 ticked, and that your back hurts.",next:"mistake"},not_yet:{title:"Leave these exercises for now",text:"\
They bend and twist the hip further than is usually allowed after a hip replacement. Ask your surgeo\
n or physiotherapist when you may, and what you can do until then.",next:"mistake"},doctor:{title:"S\
ee a doctor first",text:`What you ticked should be looked at soon, best today: ask ${signs.urgent_numbers}\
. You can still choose to go on; stop if anything gets worse.`,next:"choice"},ask_first:{title:"Ask \
first, if you can",text:"Your doctor or physiotherapist can say which of these movements suit you. Y\
ou can still choose to go on; keep every movement small and slow.",next:"choice"},accepted:{text:"Yo\
u chose to go on. Keep it small and slow; stop if anything gets worse.",next:"again"},none:{text:"No\
 warning sign ticked. If one appears, stop.",next:"again"}}),BACK={mistake:"I ticked that by mistake",
choice:"Back to the list",again:"Show the list again"};function Answer({advice:{title,call,text,next},
onClear,onGoOn}){return a4($,{children:[title&&a4("h3",{children:title}),call&&a4("p",{class:"bc-sig\
ns__call",children:call}),a4("p",{children:text}),a4(Button,{onPress:onClear,children:BACK[next]}),next===
"choice"&&a4(Button,{onPress:onGoOn,children:"I understand: go on"})]})}var channel,hearers=new Set,CHANGED="changed";function tellChange(){channel?.postMessage(CHANGED)}function openChannel(){
try{let opened=new BroadcastChannel("backcare:log");return opened.onmessage=({data})=>data===CHANGED&&
hearers.forEach(each=>each()),opened}catch{return}}function onChange(hear){return hearers.add(hear),
channel??=openChannel(),()=>{hearers.delete(hear),!(hearers.size>0)&&(channel?.close(),channel=void 0)}}function traitsOf(model){let trait=name=>model.get(name);return{about:trait("about"),stretches:trait(
"stretches"),signs:trait("signs"),scene:trait("scene")}}var isTally=recordOf({goal:orNull(isNumber),whole:isNumber,stopped_for_pain:isNumber,left:isNumber}),
SESSION_ANSWERS={today:recordOf({tally:orNull(isTally),notice:isText,hides_pain:isFlag}),add:recordOf(
{tally:isTally}),edit:recordOf({tally:isTally}),hide_pain:recordOf({})};function entryOf(state,about,painBefore){let{status}=state;return!hasEnded(state)||!(hasBegun(state)||
status==="stopped_for_pain")?null:{...painBefore!==null&&{pain_before:painBefore},entry_id:state.id,
exercise_id:about.exercise_id,...momentOf(state.startedWall),duration_s:Math.round(state.activeMs/100)/
10,repetitions_done:repetitionsDone(state),repetitions_prescribed:about.repetitions,outcome:status===
"stopped"||status==="stopped_for_pain"?status:"done",source:"timer"}}function keptOf(state,about,painBefore,now){
let{id,index,done,activeMs,startedWall}=state;return{id,index,done,activeMs,startedWall,exercise_id:about.
exercise_id,pain_before:painBefore,elapsedMs:elapsedMs(state,now),seenWall:now.wall,entry:entryOf({...state,
status:"stopped"},about,painBefore)}}var LONGEST_MS=24*36e5,LATEST_MS=Date.UTC(9999,0),isWithin=(value,least,most)=>isNumber(
value)&&value>=least&&value<=most,isRating=value=>value==null||isNumber(value)&&Number.isInteger(value)&&
value>=0&&value<=10;function isEntry(value){return isRecord(value)&&isText(value.entry_id)&&isText(value.
exercise_id)&&isText(value.started_at)&&isNumber(value.repetitions_done)&&isNumber(value.repetitions_prescribed)}
function isKeptSet(value){if(!isRecord(value))return!1;let{done,index,entry}=value;return isText(value.
id)&&isText(value.exercise_id)&&Array.isArray(done)&&done.every(each=>typeof each=="boolean")&&Number.
isInteger(index)&&done[index]!==void 0&&[value.activeMs,value.elapsedMs].every(ms=>isWithin(ms,0,LONGEST_MS))&&
[value.startedWall,value.seenWall].every(ms=>isWithin(ms,-22e11,LATEST_MS))&&isRating(value.pain_before)&&
(entry===null||isEntry(entry))}var RESEND_MS=2e3,LONGEST_MS2=3e4;function isItem(value){return!isRecord(value)||!isText(value.id)||
!isNumber(value.at)||value.refused!==void 0&&!isText(value.refused)?!1:value.op==="add"?isEntry(value.
entry):value.op==="edit"&&isRecord(value.entry)&&isText(value.entry.entry_id)}function openOutbox(bridge,logId,onTally){
let prefix=`backcare:outbox:${logId}:`,items=y3([]),isSaved=y3(!1),isDurable=y3(!0),isSlow=y3(!1),problem=y3(
""),waiting=O(()=>items.value.filter(({refused:refused2})=>refused2===void 0)),refused=O(()=>items.value.
filter(({refused:refused2})=>refused2!==void 0)),mine=new Map,wait=RESEND_MS,resend;function look(){
let found=new Map(mine);for(let key of keys(prefix)){let item=read(key,value=>isItem(value)&&prefix+
value.id===key);item&&found.set(item.id,item)}items.value=[...found.values()].sort((a5,b3)=>a5.at-b3.
at)}function put(item){let isFirst=waiting.peek().length===0;mine.set(item.id,item),isDurable.value=
write(prefix+item.id,item),isSaved.value=!1,look(),isFirst?sendNow():sendIn(RESEND_MS)}function sendIn(ms){
clearTimeout(resend),resend=setTimeout(send,ms)}function send(){clearTimeout(resend),look();let[item]=waiting.
peek();if(!item)return;sendIn(wait),wait=Math.min(2*wait,LONGEST_MS2);let onSlow=()=>isSlow.value=!0;
(item.op==="add"?bridge.ask("add",{entry:item.entry},onSlow):bridge.ask("edit",item.entry,onSlow)).then(
reply=>onReply(item,reply))}function sendNow(){wait=RESEND_MS,send()}function onReply(item,reply){let key=prefix+
item.id;if(isSlow.value=!1,problem.value="",reply.problem!==void 0&&!reply.isFinal)return bridge.isGone.
peek()||(problem.value=reply.problem),sendIn(wait);(mine.delete(item.id)||read(key,isItem)!==null)&&
(reply.problem!==void 0?write(key,{...item,refused:reply.problem}):(remove(key),isSaved.value=!0,tellChange())),
reply.problem===void 0&&onTally(reply.answer.tally),sendNow()}let onVisible=()=>document.hidden||sendNow();
document.addEventListener("visibilitychange",onVisible);let unwatch=bridge.isGone.subscribe(isGone=>isGone||
sendNow());return{waiting,refused,isSaved,isDurable,isSlow,problem,add:entry=>put({id:newId(),at:Date.
now(),op:"add",entry}),edit:entry=>put({id:newId(),at:Date.now(),op:"edit",entry}),retry(){problem.value=
"",isSlow.value=!1,sendNow()},putAway(item){remove(prefix+item.id),look()},end(){unwatch(),clearTimeout(
resend),document.removeEventListener("visibilitychange",onVisible)}}}function openScreenLock(){let lock=null,isWanted=!1;async function settle(){try{if(!isWanted||document.
hidden)await lock?.release(),lock=null;else if(lock===null||lock.released){let given=await navigator.
wakeLock.request("screen");lock===null||lock.released?lock=given:await given.release(),isWanted||await settle()}}catch{
lock=null}}let onVisible=()=>{settle()};return document.addEventListener("visibilitychange",onVisible),
{keepAwake(wanted){wanted!==isWanted&&(isWanted=wanted,settle())},end(){isWanted=!1,document.removeEventListener(
"visibilitychange",onVisible),settle()}}}var SHORTEST_S={prepare:5,hold:4,move:1/0},LAST={prepare:3,hold:2,move:0},CHARACTER_MS=75;function countAloud({
kind,duration_s},left){return duration_s===null||duration_s<SHORTEST_S[kind]?"":left>=1&&left<=LAST[kind]?
String(left):""}function sayingOf({kind,cue,say},leftMs){let neededMs=CHARACTER_MS*say.length+1e3*LAST.
prepare;return kind==="prepare"&&leftMs<neededMs?cue:say}function openCounts(){let decided=new Map;return(kind,count,isFree)=>{
let which=kind==="prepare"?kind:count,isSaid=decided.get(which)??isFree;return decided.set(which,isSaid),
isSaid}}var TONES={right:{hz:659.26,pan:.6},left:{hz:392,pan:-.6},centre:{hz:523.25,pan:0},finished:{hz:783.99,
pan:0},paused:{hz:261.63,pan:0}},LASTS_S=.5,LOUDEST=.3,BEGINS_MS=1e3;function play(context,tone,volume){
let{hz,pan}=TONES[tone],start=context.currentTime,oscillator=new OscillatorNode(context,{frequency:hz}),
gain=new GainNode(context,{gain:0});gain.gain.linearRampToValueAtTime(LOUDEST*volume/100,start+.06),
gain.gain.exponentialRampToValueAtTime(.001,start+LASTS_S),oscillator.connect(gain).connect(new StereoPannerNode(
context,{pan})).connect(context.destination),oscillator.start(start),oscillator.stop(start+LASTS_S)}
function openTones(onTrouble){let context,resting;return{async play(tone,volume){clearTimeout(resting);
try{if(context??=new AudioContext,context.state!=="running"){let isLate=!1,refused=setTimeout(()=>{isLate=
!0,onTrouble()},BEGINS_MS);if(await context.resume().finally(()=>clearTimeout(refused)),isLate)return}
play(context,tone,volume)}catch{onTrouble()}},rest(){clearTimeout(resting),resting=setTimeout(()=>{context?.
suspend().catch(()=>{})},2e3*LASTS_S)},end(){clearTimeout(resting),context?.close().catch(()=>{})}}}function chooseVoice(voices,language){let base=tag=>tag.split(/[-_]/)[0],own=voices.filter(v4=>v4.localService&&
base(v4.lang)===base(language));return own.find(v4=>v4.lang.replace("_","-")===language)??own[0]??null}
function openVoice(language){let latest={utterance:null,isOver:!0},isRefused=!1,isDistrusted=!1,failures=0;
function tried(ask,other){try{return ask(speechSynthesis)}catch{return other}}let voiceNow=()=>tried(
engine=>chooseVoice(engine.getVoices(),language),null),isSpeaking=()=>tried(engine=>engine.speaking||
engine.pending,!1);function hush(){latest.isOver=!0,isSpeaking()&&tried(engine=>engine.cancel(),void 0)}
function utter(text,volume,voice){let utterance=new SpeechSynthesisUtterance(text);return Object.assign(
utterance,{voice,lang:voice.lang,rate:.85,volume:volume/100})}return voiceNow(),{isThere:()=>voiceNow()!==
null,isSpeaking,hush,speak(text,volume,onFail){let voice=voiceNow();if(!voice)return onFail("none");
if(isRefused)return onFail("refused");if(isDistrusted)return onFail("silent");hush();let utterance=tried(
()=>utter(text,volume,voice),null);if(!utterance)return onFail("refused");let mine={utterance,isOver:!1};
latest=mine;let hasBegun2=!1,begin=()=>{hasBegun2=!0,failures=0},fail=why=>{mine.isOver||(mine.isOver=
!0,why==="silent"&&(failures+=1,hush()),isRefused||=why==="refused",isDistrusted||=failures>=2,onFail(
why))};utterance.onstart=begin,utterance.onend=()=>hasBegun2||fail("silent"),utterance.onerror=({error})=>{
fail(error!=="interrupted"&&error!=="canceled"?"refused":hasBegun2?"cut":"silent")},setTimeout(()=>hasBegun2||
fail("silent"),900),tried(engine=>(engine.speak(utterance),!0),!1)||fail("refused")},add(text,volume){
let voice=voiceNow();!voice||isRefused||isDistrusted||tried(engine=>engine.speak(utter(text,volume,voice)),
void 0)},trust(isAsked){isRefused&&=!isAsked,isDistrusted=!1,failures=isAsked?0:Math.min(failures,1)}}}var MODES={voice:"Voice",tones:"Tones",silent:"Silent"},KEY2="backcare:cues",USUAL={mode:"voice",volume:60};
function isSettings(value){return!isRecord(value)||!isNumber(value.volume)||!isText(value.mode)?!1:Object.
hasOwn(MODES,value.mode)&&value.volume>=10&&value.volume<=100}var TROUBLE={none:"This browser has no\
 voice for it, so tones mark the changes. A voice can be added in the settings of your computer.",refused:"\
The browser refused the voice, so tones mark the changes. To try the voice again, change the volume.",
silent:"The voice did not begin in time, so a tone marked the change. You need do nothing.",cut:"The\
 voice was cut short, so a tone marked the change. You need do nothing."},NO_TONES="No sound can be \
played here. Every cue is shown all the same: keep the screen in sight.";function openSound({words,getting_out}){
let settings=y3(read(KEY2,isSettings)??USUAL),trouble=y3(""),voice=openVoice(words.language),tones=openTones(
()=>trouble.value=NO_TONES),isCounted=openCounts(),counted="",isAtRest=!0;function play2(tone){tones.
play(tone,settings.peek().volume),isAtRest&&tones.rest()}function speak(text,onFail=()=>{}){trouble.
peek()===TROUBLE.none&&voice.isThere()&&(trouble.value=""),voice.speak(text,settings.peek().volume,why=>{
trouble.value||=TROUBLE[why],onFail()})}function say(text,tone){let{mode}=settings.peek();mode==="to\
nes"&&play2(tone),mode==="voice"&&speak(text,()=>play2(tone))}return{settings,trouble,change(choice){
settings.value={...settings.peek(),...choice},write(KEY2,settings.peek()),settings.peek().mode!=="vo\
ice"&&voice.hush(),trouble.value="",voice.trust(!0),say(words.get_ready,"centre")},begin(){voice.trust(
!1),isCounted=openCounts()},cue(stretch,leftMs){isAtRest=!1,say(sayingOf(stretch,leftMs),stretch.side)},
count(stretch,left){let count=countAloud(stretch,left),isNew=count!==counted;counted=count,!(!count||
!isNew||settings.peek().mode!=="voice")&&isCounted(stretch.kind,count,!voice.isSpeaking())&&voice.add(
count,settings.peek().volume)},finish:()=>say(`${words.finished} ${getting_out}`,"finished"),pausedItself(){
let{mode}=settings.peek();mode!=="silent"&&play2("paused"),mode==="voice"&&speak(words.paused)},hush:voice.
hush,rest(){isAtRest=!0,tones.rest()},end(){voice.hush(),tones.end()}}}var SOURCE="let t; onmessage = (e) => { clearTimeout(t); if (e.data !== null) t = setTimeout(postMes\
sage, e.data, 0); };";function openAlarm(wake){let worker=null;try{let url=URL.createObjectURL(new Blob([SOURCE],{type:"te\
xt/javascript"}));worker=new Worker(url),URL.revokeObjectURL(url),worker.onmessage=wake,worker.onerror=
event=>event.preventDefault()}catch{}let timeout;return{set(ms){clearTimeout(timeout),timeout=setTimeout(
wake,worker?ms+50:ms),worker?.postMessage(ms)},close(){clearTimeout(timeout),worker?.terminate()}}}var OFFER_MS=4*36e5,prefixOf=logId=>`backcare:set:${logId}:`;async function heldKeys(){try{let{held}=await navigator.
locks.query();return(held??[]).map(({name})=>name??"")}catch{return[]}}async function leftSets(logId){
let held=await heldKeys(),found=new Map;for(let key of keys(prefixOf(logId))){let kept=held.includes(
key)?null:read(key,isKeptSet);kept&&found.set(key,kept)}return found}var isOld=({seenWall})=>Math.abs(
Date.now()-seenWall)>=OFFER_MS;async function setToTakeUp(logId,exerciseId,nStretches){return[...(await leftSets(
logId)).values()].filter(kept=>kept.exercise_id===exerciseId&&kept.done.length===nStretches&&!isOld(
kept)).sort((a5,b3)=>b3.seenWall-a5.seenWall)[0]??null}async function sweep(logId,handOn){for(let[key,
kept]of await leftSets(logId))isOld(kept)&&(handOn(kept),remove(key))}function openKeeper(logId){let held="",
release=()=>{};async function hold(key){try{await navigator.locks.request(key,()=>{if(held===key)return new Promise(
end=>release=end)})}catch{}}function letGo(){release(),release=()=>{},held=""}return{keep(kept){let key=kept?
prefixOf(logId)+kept.id:"";if(key!==held){let ended=held;letGo(),ended&&remove(ended),held=key,key&&
hold(key)}kept&&write(key,kept)},letGo}}var LIMITS={get_ready_s:[3,120],open_hold_s:[5,300],hold_s:[1,6e3],extra_move_s:[0,60]},keyOf=about=>`\
backcare:times:${about.exercise_id}`,programmeTimes=({get_ready_s,hold_s})=>`${get_ready_s} ${hold_s??
0}`;function isKeptTimes(value){return!isRecord(value)||!(value.of===void 0||isText(value.of))?!1:Object.
entries(LIMITS).every(([name,[low,high]])=>{let seconds=value[name];return seconds===void 0?!0:isNumber(
seconds)&&seconds>=Math.min(1,low)&&seconds<=high})}function timeFields(about,times){let field=(name,label,usual,words=seconds=>`${seconds}\
 s`)=>{if(usual===null)return[];let[low,most]=LIMITS[name],high=name==="hold_s"?Math.max(60,10*usual):
most;return[{name,label,value:times[name]??usual,low,high,words}]};return[...field("get_ready_s","Ti\
me to get ready",about.get_ready_s),...field("open_hold_s","An open hold goes on after",about.open_hold_s),
...field("hold_s","Each hold",about.hold_s),...field("extra_move_s","Extra time for each movement",0,
s4=>s4?`+ ${s4} s`:"none")]}var QUIET_MS=6e5,ASKS=new Set(["tick","start","again"]),readClocks=()=>({mono:performance.now(),wall:Date.
now()});function openSession(model){let traits=traitsOf(model),{about}=traits,bridge=openBridge(model,
SESSION_ANSWERS),kept=read(keyOf(about),isKeptTimes)??{},isOfProgramme=kept.of===void 0||kept.of===programmeTimes(
about),times=y3(isOfProgramme?kept:{}),gate=y3("ask"),seen=y3(readClocks()),timer=y3(fresh(adjusted(
traits.stretches,times.peek()),seen.peek())),tally=y3(null),notice=y3(""),outbox=openOutbox(bridge,about.
log_id,answered=>tally.value=answered),pain=openPain(bridge,outbox,problem=>notice.value=problem),sound=openSound(
about),screen=openScreenLock(),keeper=openKeeper(about.log_id),alarm=openAlarm(()=>send({type:"tick"})),
views=0;async function askToday(){let reply=await bridge.ask("today",{});reply.problem===void 0&&(r3(
()=>{tally.value=reply.answer.tally,notice.value=reply.answer.notice}),pain.learn(reply.answer.hides_pain))}
function send(event){let before=timer.peek(),now=readClocks(),after=step(before,event,now);if(r3(()=>{
timer.value=after,seen.value=now}),after.status!==before.status&&after.status==="ready"&&pain.forget(),
hasEnded(after)&&!hasEnded(before)){let entry=entryOf(after,about,pain.before());entry&&outbox.add(entry),
pain.follow(entry)}screen.keepAwake(after.status==="running"),keeper.keep(isUnderWay(after)&&views?keptOf(
after,about,pain.before(),now):null),alarm.set(after.status==="running"?nextWakeMs(after,now):QUIET_MS),
cue(before,after,now),!isUnderWay(before)&&ASKS.has(event.type)&&askToday()}function cue(before,after,now){
let{status,index,since}=after;status!==before.status&&(status==="finished"?sound.finish():status==="\
asleep"&&after.gap!=="left"?sound.pausedItself():status!=="running"&&sound.hush(),before.status==="r\
eady"&&sound.begin(),status!=="running"&&status!=="paused"&&sound.rest()),status==="running"&&(status!==
before.status||index!==before.index||since!==before.since?sound.cue(shown(after),remainingMs(after,now)):
sound.count(shown(after),Math.round(remainingMs(after,now)/1e3)))}let onVisible=()=>send({type:"tick"});
document.addEventListener("visibilitychange",onVisible);let unhear=onChange(()=>{askToday()});return askToday(),
sweep(about.log_id,({entry})=>entry&&outbox.add(entry)),alarm.set(QUIET_MS),{traits,bridge,outbox,pain,
sound,gate,timer,seen,times,tally,notice,send,ticked:y3(new Map),isListShown:y3(!0),allow(now){gate.
value=now,now==="shut"&&send({type:"stop"}),now==="ask"&&send({type:"pause"})},press(){let state=timer.
peek();return hasEnded(state)?send({type:"again"}):state.status==="ready"?send({type:"start",id:newId()}):
state.status!=="running"?send({type:"resume"}):send({type:isOpen(state)?"next":"pause"})},retry(){outbox.
retry(),askToday()},retime(change){times.value={...times.peek(),...change},write(keyOf(about),{...times.
peek(),of:programmeTimes(about)}),send({type:"adjust",stretches:adjusted(traits.stretches,times.peek())})},
enter(){return views+=1,timer.peek().status==="ready"&&setToTakeUp(about.log_id,about.exercise_id,traits.
stretches.length).then(left=>{!left||timer.peek().status!=="ready"||(pain.recall(left.pain_before),send(
{type:"take",left}))}),()=>{views-=1,!views&&(keeper.letGo(),send({type:"pause"}))}},end(){alarm.close(),
sound.end(),screen.end(),outbox.end(),bridge.end(),unhear(),document.removeEventListener("visibility\
change",onVisible)}}}function SoundControls({sound}){let{mode,volume}=sound.settings.value,[name]=d2(()=>newId());return a4(
"div",{class:"bc bc-cues",children:[a4("fieldset",{children:[a4("legend",{children:"Sound"}),a4("div",
{class:"bc-cues__modes",children:[Object.keys(MODES).map(each=>a4("label",{class:"bc-check",children:[
a4("input",{type:"radio",name,value:each,checked:each===mode,onChange:()=>sound.change({mode:each})}),
a4("span",{children:MODES[each]})]},each)),a4(Stepper,{label:"Volume",value:volume,low:10,high:100,step:10,
words:value=>`${value} %`,onChange:value=>sound.change({volume:value}),isHidden:mode==="silent"})]})]}),
a4("p",{class:"bc-note",children:"Tones: high for right, low for left, between for the centre."}),a4(
"p",{class:"bc-cues__note",role:"status",children:sound.trouble.value})]})}function span(ms){return ms<9e4?`${Math.round(ms/1e3)} seconds`:ms<90*6e4?`about ${Math.round(ms/6e4)}\
 minutes`:`about ${Math.round(ms/36e5)} hours`}var ASLEEP={slept:ms=>`The computer slept, ${span(ms)}`,
"stood still":ms=>`The page stood still, ${span(ms)}`,"clock moved":()=>"The computer's clock was mo\
ved",left:()=>"This set was left unfinished"},HURT="That was the right thing to do, and it counts as\
 following the programme. If the pain is new, is getting worse or moves into a leg, leave the exerci\
ses and see a doctor.";function wordsOf(state,about){let stretch=shown(state),wait={headline:"",detail:"",
next:"",primary:"Start"},over={...wait,primary:"Another set"};switch(state.status){case"ready":return{
...wait,headline:"Ready when you are",detail:"Press Start, or Space. The timer leads you through the\
 whole set."};case"running":{let after=state.stretches[state.index+1],next=after?`Next: ${after.cue}`:
"";if(isOpen(state))return{headline:stretch.cue,detail:"Go on when you feel a gentle stretch, well s\
hort of strain. It goes on by itself in the end.",next,primary:"I am ready: go on"};let detail=stretch.
kind==="prepare"?about.getting_in:"";return{headline:stretch.cue,detail,next,primary:"Pause"}}case"p\
aused":return{...wait,headline:"Paused",detail:stretch.cue,primary:"Resume"};case"asleep":return{...wait,
headline:ASLEEP[state.gap](state.gapMs),detail:"Nothing was counted meanwhile. Go on from here, or s\
ay that you finished.",primary:"Go on from here"};case"finished":return hasBegun(state)?{...over,headline:about.
words.finished,detail:about.getting_out}:{...over,headline:"The end of the set",detail:"Everything w\
as skipped, so nothing was counted."};case"stopped":{let counted=hasBegun(state)?"What you did is co\
unted.":"Nothing was counted.";return{...over,headline:"Stopped",detail:`${counted} ${about.getting_out}`}}case"\
stopped_for_pain":return{...over,headline:"Stopped because it hurt",detail:HURT}}}function setsLine(tally,hasEnded2){
if(!tally)return"";let{goal,whole,stopped_for_pain:stopped,left}=tally;if(goal===null)return"No dail\
y goal";if(goal===0)return"Nothing is due today";if(!hasEnded2)return left?`Set ${goal-left+1} of ${goal}\
 today`:"Today's sets are done; this is one more";let done=`${Math.min(whole,goal)} of ${goal} sets \
today`;if(stopped===0)return done;let ease=left?`. ${left} left, if you feel like it`:"";return`${done}\
, ${stopped} stopped for pain${ease}`}var MOST_DOTS=20;function Timer({session,wantsFocus}){let{about}=session.traits,state=session.timer.
value,{status}=state,stretch=shown(state),under=isUnderWay(state),words=wordsOf(state,about),side=under&&
stretch.side!=="centre"?about.sides[stretch.side]:"",isWaiting=status==="ready"||status==="paused"||
status==="asleep",isShut=session.gate.value!=="open"&&isWaiting,isUnsaved=hasEnded(state)&&session.outbox.
waiting.value.length>0,root=T2(null),primary=T2(null),sends=type=>()=>session.send({type});useFocusAfter(
root,()=>primary.current),F2(()=>{!wantsFocus.current||isShut||(wantsFocus.current=!1,primary.current?.
focus())});function onPress(event){event.detail<=1&&session.press()}function onKeyDown(event){let own=event.
target.closest("button, input, select, textarea, summary");event.key!==" "||own||isShut||(event.preventDefault(),
event.repeat||session.press())}return a4("section",{class:"bc bc-timer","aria-label":`Timer: ${about.
title}`,tabIndex:-1,"data-status":status,"data-kind":stretch.kind,"data-side":under?stretch.side:"ce\
ntre","data-index":state.index,ref:root,onKeyDown,children:[a4("header",{class:"bc-timer__head",children:[
a4("h3",{children:about.title}),a4("p",{class:"bc-timer__sets",children:isUnsaved?"":setsLine(session.
tally.value,hasEnded(state))})]}),a4("div",{class:"bc-timer__stage",children:[a4(Ring,{session}),a4(
"div",{class:"bc-timer__words",children:[a4("p",{class:"bc-timer__side",children:side}),a4("p",{class:"\
bc-timer__cue","aria-live":"polite",children:words.headline}),a4("p",{class:"bc-timer__detail",children:words.
detail}),a4("p",{class:"bc-timer__next",children:words.next}),a4(Progress,{state,repetitions:about.repetitions})]})]}),
a4("p",{class:"bc-note",hidden:!isShut,children:"Answer the question above first. Then you can start\
."}),a4("div",{class:"bc-timer__buttons",children:[a4(Button,{look:"bc-button--primary",at:primary,isDisabled:isShut,
onPress,children:words.primary}),a4(Button,{isHidden:status!=="asleep",onPress:sends("claim"),children:"\
I finished the set"}),a4(Button,{isHidden:!under,onPress:sends("back"),children:"Back"}),a4(Button,{
isHidden:!under,onPress:sends("skip"),children:"Skip"}),a4(Button,{isHidden:!under,onPress:sends("st\
op"),children:"Stop"}),a4(Button,{look:"bc-button--hurts",isHidden:!under,onPress:sends("hurts"),children:"\
Stop: it hurts"})]}),a4("details",{class:"bc-settings",children:[a4("summary",{children:"Your own ti\
mes"}),a4("div",{class:"bc-settings__list",children:timeFields(about,session.times.value).map(({name,
...field})=>a4(Stepper,{...field,onChange:seconds=>session.retime({[name]:seconds})},name))})]})]})}
function faceOf(state,elapsed,left){switch(state.status){case"ready":return["",""];case"finished":return[
"✓",""];case"stopped":case"stopped_for_pain":return["–",""];default:return isOpen(state)?[String(
Math.floor(elapsed/1e3)),"seconds held"]:[String(Math.max(0,Math.ceil(left/1e3))),"seconds"]}}function Ring({
session}){let state=session.timer.value,now=session.seen.value,left=remainingMs(state,now),elapsed=elapsedMs(
state,now),glideMs=state.status==="running"?nextWakeMs(state,now):0,share=Math.max(0,(left-glideMs)/
(left+elapsed)),[count,unit2]=faceOf(state,elapsed,left);return a4("div",{class:"bc-ring",children:[
a4("svg",{viewBox:"0 0 120 120","aria-hidden":"true",children:[a4("circle",{class:"bc-ring__track",cx:60,
cy:60,r:54}),a4("circle",{class:"bc-ring__arc",cx:60,cy:60,r:54,pathLength:1,style:{transitionDuration:`${glideMs}\
ms`,strokeDashoffset:state.status==="ready"?0:1-share}})]}),a4("div",{class:"bc-ring__face",children:[
a4("div",{class:"bc-ring__count",role:"timer",children:count}),a4("div",{class:"bc-ring__unit",children:unit2})]})]})}
function Progress({state,repetitions}){let done=repetitionsDone(state),{repetition}=shown(state),under=isUnderWay(
state),all=`${repetitions} ${repetitions===1?"repetition":"repetitions"}`,soFar=`${done} of ${repetitions}\
 repetitions done`,now=`Repetition ${repetition} of ${repetitions}`,words=state.status==="running"&&
repetition?now:soFar;return a4("div",{class:"bc-timer__progress",children:[a4("p",{class:"bc-timer__\
repetition",children:under||hasEnded(state)?words:all}),a4("div",{class:"bc-dots","aria-hidden":"tru\
e",children:Array.from({length:Math.min(MOST_DOTS,repetitions)},(_4,i4)=>a4("i",{"data-done":i4<done||
void 0,"data-now":under&&i4+1===repetition||void 0},i4))})]})}function SessionScreen({session}){let root=T2(null),wantsFocus=T2(!1),{scene}=session.traits;return F2(
()=>{let ends=[guardKeys(root.current),guardClicks(root.current)];return()=>ends.forEach(end=>end())},
[]),a4("div",{class:"bc-session",ref:root,children:[a4(Signs,{session,onOpen:()=>wantsFocus.current=
!0}),a4("div",{class:"bc-session__parts",hidden:session.gate.value==="shut",children:[a4(Timer,{session,
wantsFocus}),scene&&a4(Figure,{scene,state:session.timer}),a4(Saved,{session}),a4(Pain,{session}),a4(
SoundControls,{sound:session.sound}),a4(FullScreen,{}),a4(ByHand,{session})]})]})}var session_default=()=>{
let session;return{initialize({model}){return session=openSession(model),session.end},render({el}){Q(
a4(SessionScreen,{session}),el);let leave=session.enter();return()=>{Q(null,el),leave()}}}};export{session_default as default};
